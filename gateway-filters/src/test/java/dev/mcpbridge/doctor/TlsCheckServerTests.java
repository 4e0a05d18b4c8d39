package dev.mcpbridge.doctor;

import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real certificate, looked at today and later, by who trusts it and who does not.
 */
class TlsCheckServerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final char[] PASSWORD = "changeit".toCharArray();

	static DisposableServer server;

	static HttpClient trusting;

	@BeforeAll
	static void start(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("store.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-keystore", file.toString(), "-storepass", new String(PASSWORD), "-alias", "server",
				"-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost", "-validity", "30")
			.inheritIO()
			.start();
		assertThat(keytool.waitFor()).isZero();
		KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD);
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, PASSWORD);
		KeyStore authorities = KeyStore.getInstance("PKCS12");
		authorities.load(null, null);
		authorities.setCertificateEntry("server", store.getCertificate("server"));
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(authorities);
		SslContext ours = SslContextBuilder.forServer(keys).build();
		SslContext theirs = SslContextBuilder.forClient().trustManager(trust).build();
		server = HttpServer.create()
			.host("localhost")
			.port(0)
			.secure((spec) -> spec.sslContext(ours))
			.handle((request, response) -> response.status(404).send())
			.bindNow();
		trusting = HttpClient.create().secure((spec) -> spec.sslContext(theirs));
	}

	@AfterAll
	static void stop() {
		server.disposeNow();
	}

	@Test
	void aCertificateTheClientTrustsIsInOrderUntilTwoWeeksBeforeItsEnd() {
		assertThat(look("localhost", trusting, Duration.ZERO)).satisfies((finding) -> {
			assertThat(finding.severity()).isEqualTo(Severity.OK);
			assertThat(finding.seen()).isEqualTo("TLSv1.3, certificate good for 29 days");
		});
		assertThat(look("localhost", trusting, Duration.ofDays(17)).severity()).isEqualTo(Severity.WARNING);
	}

	@Test
	void aCertificateNobodyVouchesForIsAFailure() {
		Finding finding = look("localhost", HttpClient.create(), Duration.ZERO);
		assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
		assertThat(finding.seen()).endsWith("the certificate's chain leads to no authority we trust");
	}

	@Test
	void aCertificateThatEndedIsNamedWithItsEnd() {
		Finding finding = look("localhost", HttpClient.create(), Duration.ofDays(31));
		assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
		assertThat(finding.seen()).contains("the certificate ended at 2");
	}

	@Test
	void aCertificateOfAnotherHostIsAFailure() {
		Finding finding = look("127.0.0.1", trusting, Duration.ZERO);
		assertThat(finding.severity()).isEqualTo(Severity.FAILURE);
		assertThat(finding.seen()).contains("https://127.0.0.1");
	}

	@Test
	void withoutTlsThereIsNothingToLookAt() {
		Requests requests = new Requests(trusting, InstantSource.system());
		assertThat(new TlsCheck(CheckId.PUBLIC_TLS, URI.create("http://localhost"), requests).look()
			.collectList()
			.block(PATIENCE)).isEmpty();
	}

	private static Finding look(String host, HttpClient client, Duration later) {
		InstantSource clock = () -> Instant.now().plus(later);
		URI url = URI.create("https://%s:%d".formatted(host, server.port()));
		List<Finding> findings = new TlsCheck(CheckId.PUBLIC_TLS, url, new Requests(client, clock)).look()
			.collectList()
			.blockOptional(PATIENCE)
			.orElseThrow();
		assertThat(findings).hasSize(1);
		return findings.get(0);
	}

}
