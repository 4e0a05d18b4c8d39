package dev.mcpbridge.app;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The jar people run: by its command line or its environment, again on the same data, and
 * to its end.
 */
class GatewayJarTests {

	private static final Map<String, Object> ISSUE = Map.of("cloudId", "acme", "issueIdOrKey", "ACME-1");

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	final RunningJar.Ports ports = RunningJar.Ports.free();

	@TempDir
	Path data = Path.of("");

	@AfterAll
	static void stop() {
		atlassian.close();
	}

	@Test
	void aKillForgetsNeitherClientsNorLogins() throws Exception {
		TestClient client;
		TestClient.Tokens tokens;
		try (RunningJar jar = startByCommandLine()) {
			client = TestClient.register(jar.url("/"));
			TestClient.Tokens first = client.signIn();
			assertThat(getIssue(jar, first.accessToken())).contains("Ignition fails in cold weather");
			tokens = TestClient.tokens(client.refresh(first.refreshToken()));
			jar.kill();
		}
		try (RunningJar jar = startByEnvironment()) {
			assertThat(getIssue(jar, tokens.accessToken())).contains("Ignition fails in cold weather");
			TestClient.Tokens renewed = TestClient.tokens(client.refresh(tokens.refreshToken()));
			assertThat(getIssue(jar, renewed.accessToken())).contains("Ignition fails in cold weather");
			assertThat(TestClient.tokens(client.refresh(tokens.refreshToken())).refreshToken()).as("a replay")
				.isEqualTo(renewed.refreshToken());
			assertThat(getIssue(jar, client.signIn().accessToken())).contains("Ignition fails in cold weather");
		}
	}

	@Test
	void operatorsSeeHealthAndNumbersButNoSecrets() {
		try (RunningJar jar = startByCommandLine()) {
			LeakDetector detector = new LeakDetector();
			OverheardClient client = new OverheardClient(jar.url("/"), detector);
			assertThat(client.call(client.signIn().accessToken()).statusCode()).isEqualTo(200);
			detector.learnAllOf(atlassian);
			for (String probe : List.of("/health/liveness", "/health/readiness")) {
				assertThat(jar.actuator(probe).body()).contains("\"UP\"");
			}
			assertThat(jar.actuator("/prometheus").body()).contains("http_server_requests_seconds_count");
			assertThat(jar.actuator("/gateway/routes").body()).contains("McpBridge Config");
			assertThat(jar.actuator("/mcpbridge").body()).contains("\"alive\":1");
			List<String> pages = List.of("", "/health", "/info", "/metrics", "/prometheus", "/gateway/routes",
					"/gateway/globalfilters", "/gateway/routefilters", "/mcpbridge", "/mcpdoctor");
			assertThat(detector.leaksIn(pages.stream().map((page) -> jar.actuator(page).body()).toList())).isEmpty();
			assertThat(detector.leaksIn(List.of(withoutNames(jar.actuator("/mcpbridge/grants").body())))).isEmpty();
			assertThat(detector.leaksIn(List.of(jar.output()))).isEmpty();
			for (String closed : List.of("/env", "/configprops", "/beans", "/heapdump", "/threaddump", "/loggers")) {
				assertThat(jar.actuator(closed).statusCode()).as(closed).isEqualTo(404);
			}
			assertThat(client.get("/actuator/health").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void anOpenStreamDelaysTheEndNoLongerThanAllowed() throws Exception {
		try (RunningJar jar = startByCommandLine("--spring.lifecycle.timeout-per-shutdown-phase=3s",
				"--mcp.bridge.stream.drain=1s")) {
			OverheardClient client = new OverheardClient(jar.url("/"), new LeakDetector());
			client.openStream(client.signIn().accessToken());
			assertThat(atlassian.openStreams()).isEqualTo(1);
			assertThat(jar.terminate()).isEqualTo(143);
			assertThat(jar.output()).contains("Commencing graceful shutdown");
			await().until(() -> atlassian.openStreams() == 0);
		}
	}

	@Test
	void theJarMakesKeysWithoutStartingAnything() throws Exception {
		Path keys = this.data.resolve("new.json");
		List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Dloader.main=dev.mcpbridge.app.MakeKeys", "-cp", "target/gateway-app.jar",
				"org.springframework.boot.loader.launch.PropertiesLauncher", keys.toString());
		assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
		String made = Files.readString(keys);
		assertThat(KeyRing.parse(made).publicKeys().getKeys()).hasSize(1);
		assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
		assertThat(Files.readString(keys)).as("left as it was").isEqualTo(made);
		assertThat(new ProcessBuilder(command.subList(0, 5)).start().waitFor()).isNotZero();
	}

	private RunningJar startByCommandLine(String... more) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=" + this.ports.server(),
				"--management.server.port=" + this.ports.actuator(), "--mcp.bridge.public-url=" + this.ports.url(),
				"--mcp.bridge.upstream.url=" + atlassian.url(), "--mcp.bridge.data-dir=" + this.data));
		arguments.addAll(List.of(more));
		return RunningJar.start(this.ports, Map.of(), arguments);
	}

	private RunningJar startByEnvironment() {
		return RunningJar.start(this.ports,
				Map.of("SERVER_PORT", Integer.toString(this.ports.server()), "MANAGEMENT_SERVER_PORT",
						Integer.toString(this.ports.actuator()), "MCP_BRIDGE_PUBLIC_URL", this.ports.url().toString(),
						"MCP_BRIDGE_UPSTREAM_URL", atlassian.url().toString(), "MCP_BRIDGE_DATA_DIR",
						this.data.toString()),
				List.of());
	}

	/** What an operator ends grants by names a grant and a person, and opens nothing. */
	private static String withoutNames(String list) {
		assertThat(list).contains("\"clientName\":\"Test client\"");
		return list.replaceAll("\"(id|person)\":\"[\\w-]{22}\"", "");
	}

	private static String getIssue(RunningJar jar, String token) {
		URI gateway = jar.url("/");
		try (SdkClient client = SdkClient.connect(gateway, "/mcp", () -> token)) {
			assertThat(client.tools()).hasSize(24);
			return client.call("getJiraIssue", ISSUE);
		}
	}

}
