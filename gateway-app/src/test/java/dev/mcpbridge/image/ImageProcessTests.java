package dev.mcpbridge.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The image of the Dockerfile, built without a daemon around a Java of this machine, and
 * started as a cluster would: as nobody, on a root that is read-only.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ImageProcessTests {

	static final int NOBODY = 65532;

	static final Duration PATIENCE = Duration.ofMinutes(2);

	/** With it Java refuses to start if the image's cache is not good for it. */
	static final String CACHE_OR_NOTHING = "-XX:AOTMode=on";

	final int port = freePort();

	final int management = freePort();

	BuiltImage image;

	@TempDir
	Path data = Path.of("");

	/**
	 * Debian has no Java 25, so that a build machine cannot just install what it needs;
	 * all else it can.
	 */
	@BeforeAll
	void build() {
		assumeTrue(Programs.java25().isPresent(), "needs a Java 25 with jlink");
		List<String> missing = Programs.missing();
		assumeTrue(missing.isEmpty() || "true".equals(System.getenv("CI")), () -> "needs " + missing);
		assertThat(missing).isEmpty();
		this.image = BuiltImage.build(Programs.java25().orElseThrow());
	}

	@AfterAll
	void forget() {
		if (this.image != null) {
			this.image.close();
		}
	}

	@BeforeEach
	void giveTheDataDirectoryAway() throws IOException {
		Files.setAttribute(this.data, "unix:uid", NOBODY);
		Files.setAttribute(this.data, "unix:gid", NOBODY);
	}

	@Test
	void itSaysWhatAClusterHasToKnow() throws IOException {
		assertThat(this.image.user()).isEqualTo(NOBODY + ":" + NOBODY);
		assertThat(this.image.workingDirectory()).isEqualTo("/app");
		assertThat(this.image.namesIn("Volumes")).containsExactly("/data");
		assertThat(this.image.namesIn("ExposedPorts")).containsExactly("8080/tcp", "8081/tcp");
		assertThat(this.image.environment()).containsEntry("MCP_BRIDGE_DATADIR", "/data")
			.doesNotContainKeys("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");
		assertThat(this.image.root().resolve("app/gateway-app.jar")).isRegularFile();
	}

	@Test
	void theTrainingRunLeavesNeitherKeysNorAStoreBehind() throws IOException {
		Path emptyData = this.image.root().resolve("data");
		assertThat(emptyData).isEmptyDirectory();
		assertThat(Files.getAttribute(emptyData, "unix:uid")).isEqualTo(NOBODY);
		assertThat(this.image.root().resolve("tmp")).isEmptyDirectory();
		try (Stream<Path> files = Files.walk(this.image.root())) {
			assertThat(files.map((file) -> file.getFileName().toString())).contains("app.aot")
				.doesNotContain("keys.json", "store.db", "app.aot.config");
		}
	}

	@Test
	void aClientLogsInAndOnlyTheDataDirectoryAndTmpCanBeWritten() throws Exception {
		try (AtlassianSimulator atlassian = AtlassianSimulator.start();
				Container container = start(atlassian.url(), CACHE_OR_NOTHING)) {
			await().atMost(PATIENCE).until(() -> isReady(container));
			TestClient client = TestClient.register(url("/"));
			assertThat(client.call("/mcp", "none", "{}").statusCode()).isEqualTo(401);
			String token = client.signIn().accessToken();
			assertThat(client.call("/mcp", token, """
					{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18",
					"capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}""").statusCode())
				.isEqualTo(200);
			assertThat(this.data).isDirectoryContaining("glob:**/keys.json").isDirectoryContaining("glob:**/store.db");
			itIsNobody(container);
			itsRootIsReadOnly(container);
			assertThat(container.terminate()).as(container::output).isEqualTo(143);
			assertThat(container.output()).contains("Graceful shutdown complete");
		}
	}

	@Test
	void whatFollowsTheImageIsForTheJarAndJavaIsForItsUserToSet() throws Exception {
		try (Container container = Container.start(this.image, this.data,
				Map.of("JAVA_TOOL_OPTIONS", "-Xmx300m -XX:+UseParallelGC -XX:+PrintFlagsFinal"), "no-such-command")) {
			assertThat(container.exitCode()).isEqualTo(2);
			assertThat(container.output()).contains("command: no-such-command")
				.containsPattern("MaxHeapSize += 314572800")
				.containsPattern("MaxRAMPercentage += 50");
		}
	}

	private Container start(URI upstream, String java) {
		return Container.start(this.image, this.data,
				Map.of("JAVA_TOOL_OPTIONS", java, "SERVER_PORT", Integer.toString(this.port), "MANAGEMENT_SERVER_PORT",
						Integer.toString(this.management), "MCP_BRIDGE_UPSTREAM_URL", upstream.toString()));
	}

	private static void itIsNobody(Container container) throws IOException {
		assertThat(container.status("Uid").split("\t")).containsOnly(Integer.toString(NOBODY));
		assertThat(container.status("Gid").split("\t")).containsOnly(Integer.toString(NOBODY));
		assertThat(container.status("Groups")).isEmpty();
		assertThat(container.status("CapEff")).matches("0+");
		assertThat(container.status("NoNewPrivs")).isEqualTo("1");
		assertThat(container.status("NSpid")).as("first in its namespace").endsWith("\t1");
	}

	/** Not even root could write there. */
	private static void itsRootIsReadOnly(Container container) throws IOException {
		for (String place : List.of("/", "/app/", "/etc/", "/opt/java/")) {
			assertThatExceptionOfType(FileSystemException.class).as(place)
				.isThrownBy(() -> Files.createFile(container.file(place + "written")))
				.withMessageContaining("Read-only file system");
		}
		Files.delete(Files.createFile(container.file("/tmp/written")));
		Files.delete(Files.createFile(container.file("/data/written")));
	}

	private boolean isReady(Container container) {
		assertThat(container.isAlive()).as(container::output).isTrue();
		try {
			return new Browser()
				.get(URI.create("http://localhost:%d/actuator/health/readiness".formatted(this.management)))
				.statusCode() == 200;
		}
		catch (UncheckedIOException ex) {
			assertThat(ex).hasCauseInstanceOf(ConnectException.class);
			return false;
		}
	}

	private URI url(String path) {
		return URI.create("http://localhost:" + this.port).resolve(path);
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
