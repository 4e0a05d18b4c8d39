package dev.mcpbridge.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Stream;

import javax.net.ssl.KeyManagerFactory;

import io.netty.handler.ssl.SslContextBuilder;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

/**
 * A certificate for this machine, made for one run by the {@code keytool} of Java.
 *
 * @param directory where its files are
 */
record Certificate(Path directory) {

	private static final String PASSWORD = "password";

	private static final String ALIAS = "upstream";

	/** Makes it. */
	static Certificate in(Path directory) {
		Certificate certificate = new Certificate(directory);
		try {
			Files.createDirectories(directory);
			for (Path file : List.of(certificate.own(), certificate.trusted(), certificate.published())) {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		certificate.keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost",
				"-validity", "30", "-keystore", certificate.own().toString());
		certificate.keytool("-exportcert", "-file", certificate.published().toString(), "-keystore",
				certificate.own().toString());
		certificate.keytool("-importcert", "-noprompt", "-file", certificate.published().toString(), "-keystore",
				certificate.trusted().toString());
		return certificate;
	}

	/** Returns the flags that make a Java trust it. */
	List<String> flags() {
		return List.of("-Djavax.net.ssl.trustStore=" + trusted(), "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
	}

	/** Makes a server show it. */
	HttpServer on(HttpServer server) {
		try (InputStream file = Files.newInputStream(own())) {
			KeyStore keys = KeyStore.getInstance("PKCS12");
			keys.load(file, PASSWORD.toCharArray());
			KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			factory.init(keys, PASSWORD.toCharArray());
			GenericSslContextSpec<SslContextBuilder> shown = Http11SslContextSpec.forServer(factory);
			return server.secure((tls) -> tls.sslContext(shown));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void keytool(String command, String... arguments) {
		String program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
		Programs.run(
				Stream
					.concat(Stream.of(program, command, "-alias", ALIAS, "-storetype", "PKCS12", "-storepass",
							PASSWORD), Stream.of(arguments))
					.toList());
	}

	private Path own() {
		return this.directory.resolve("own.p12");
	}

	private Path trusted() {
		return this.directory.resolve("trusted.p12");
	}

	private Path published() {
		return this.directory.resolve("own.crt");
	}

}
