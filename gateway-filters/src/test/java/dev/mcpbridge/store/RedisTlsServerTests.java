package dev.mcpbridge.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Redis reached by TLS, by the properties of the page about storage.
 */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "the other binaries have no TLS")
@EnabledIf("thereIsOpenssl")
class RedisTlsServerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@Test
	void aGatewayTrustsTheServersCertificateAndSignsPeopleIn(@TempDir Path directory) throws Exception {
		run(directory, "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
				"/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", "redis.key", "-out",
				"redis.crt");
		Path certificate = directory.resolve("redis.crt");
		int port = LocalRedis.freePort();
		try (LocalRedis redis = LocalRedis.startWith("tls-port " + port, "tls-cert-file " + certificate,
				"tls-key-file " + directory.resolve("redis.key"), "tls-ca-cert-file " + certificate,
				"tls-auth-clients no");
				AtlassianSimulator atlassian = AtlassianSimulator.start();
				TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
					.property("mcp.bridge.store", "redis")
					.property("mcp.bridge.token.wrap", "reference")
					.property("spring.data.redis.host", "localhost")
					.property("spring.data.redis.port", Integer.toString(port))
					.property("spring.data.redis.ssl.bundle", "redis")
					.property("spring.ssl.bundle.pem.redis.truststore.certificate", certificate.toUri().toString())
					.start()) {
			TestClient client = TestClient.register(gateway.url());
			assertThat(client.initialize(client.signIn().accessToken()).statusCode()).isEqualTo(200);
			assertThat(redis.redis().keys("mcp-bridge:*").count().block(PATIENCE)).isPositive();
		}
	}

	static boolean thereIsOpenssl() {
		return List.of("/usr/bin/openssl", "/usr/local/bin/openssl")
			.stream()
			.map(Path::of)
			.anyMatch(Files::isExecutable);
	}

	private static void run(Path directory, String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).directory(directory.toFile()).inheritIO().start();
		assertThat(process.waitFor()).isZero();
	}

}
