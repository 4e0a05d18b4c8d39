package dev.mcpbridge.app;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.example.gateway.Routes;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.ReceivedRequest;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the README says can be pasted works.
 */
class ReadmeServerTests {

	private static final String INITIALIZE = """
			{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
			"capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

	static final Readme readme = new Readme();

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	private final Path directory;

	ReadmeServerTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@AfterAll
	static void stop() {
		atlassian.close();
	}

	@Test
	@EnabledIf(value = "hasTools", disabledReason = "needs bash, curl, sed and openssl")
	void theWalkThroughTheFlowCallsATool() throws Exception {
		try (TestGateway gateway = TestGateway.of(GatewayApplication.class)
			.property("mcp.bridge.upstream.url", atlassian.url().toString())
			.start()) {
			String said = bash(readme.walk(), gateway.url());
			assertThat(said).startsWith("HTTP/1.1 401 Unauthorized")
				.contains("resource_metadata=\"" + gateway.url("/.well-known/oauth-protected-resource/mcp") + "\"")
				.contains("\"issuer\":\"" + gateway.url() + "\"")
				.contains("http://127.0.0.1:9999/callback?code=")
				.contains("&state=xyz")
				.contains("\\\"key\\\" : \\\"ACME-1\\\"")
				.contains("\"error\":\"invalid_grant\"")
				.endsWith("{\"error\":\"invalid_token\",\"error_description\":\"Invalid access token\"}\n");
			assertThat(said.split("\"access_token\":\"ey", -1))
				.as("the first tokens, the refreshed ones, and these again")
				.hasSize(4);
		}
	}

	@Test
	void theWholeBridgeIsOneFilterOnOneRoute() throws Exception {
		try (TestGateway gateway = configured(TestGateway.bare(), 0)) {
			assertSignsIn(gateway);
		}
	}

	@Test
	void corsAndStreamsWorkAlone() throws Exception {
		String upstreamToken = upstreamToken();
		try (TestGateway gateway = configured(TestGateway.bare(), 1)) {
			HttpResponse<String> answer = call(gateway.url("/v1/mcp"), upstreamToken);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().allValues("Access-Control-Expose-Headers")).singleElement()
				.asString()
				.contains("Mcp-Session-Id");
			assertThat(preflight(gateway.url("/v1/sse")).statusCode()).isEqualTo(204);
			assertThat(endpointEvent(gateway.url("/v1/sse"), upstreamToken)).startsWith("data: /v1/sse/message?");
		}
	}

	@Test
	void tokensOfAnExistingBridgeAreUnwrapped() throws Exception {
		String upstreamToken = upstreamToken();
		try (TestGateway gateway = configured(TestGateway.bare(), 2)) {
			assertThat(call(gateway.url("/mcp"), existingBridgesToken(upstreamToken)).statusCode()).isEqualTo(200);
			assertThat(call(gateway.url("/mcp"), upstreamToken).statusCode()).isEqualTo(401);
			assertThat(new Browser().get(gateway.url("/.well-known/oauth-protected-resource/mcp")).body())
				.contains("\"authorization_servers\":[\"https://bridge.example.com\"]");
		}
	}

	@Test
	void theRouteInJavaTakesThePlaceOfTheOneInYaml() throws Exception {
		assertThat(readme.only("java"))
			.isEqualTo(Readme.read("gateway-app/src/test/java/com/example/gateway/Routes.java"));
		String withoutRoutes = readme.configurations().get(0).replaceFirst("(?s) +routes:.*", "");
		try (TestGateway gateway = configured(TestGateway.of(InJava.class), withoutRoutes)) {
			assertSignsIn(gateway);
		}
	}

	@Test
	void thePomNamesTheVersionsWeAreBuiltWith() {
		String ours = Readme.read("pom.xml").replaceAll("\\s+", "");
		assertThat(readme.only("xml").replaceAll("\\s+", ""))
			.contains(first(ours, "<artifactId>spring-boot-starter-parent</artifactId><version>.*?</version>"))
			.contains("<artifactId>spring-cloud-dependencies</artifactId><version>"
					+ first(ours, "(?<=<spring-cloud.version>).*?(?=<)") + "</version>")
			.contains(first(ours, "<netty.version>.*?</netty.version>"))
			.contains("<artifactId>gateway-filters</artifactId>"
					+ first(ours, "(?<=<artifactId>mcp-bridge-gateway</artifactId>)<version>.*?</version>"));
	}

	private TestGateway configured(TestGateway.Builder gateway, int configuration) throws IOException {
		return configured(gateway, readme.configurations().get(configuration));
	}

	private TestGateway configured(TestGateway.Builder gateway, String configuration) throws IOException {
		Path file = Files.writeString(this.directory.resolve("application.yaml"),
				configuration.replace("https://mcp.atlassian.com", atlassian.url().toString()));
		return gateway.property("spring.config.location", file.toUri().toString()).start();
	}

	private static void assertSignsIn(TestGateway gateway) {
		TestClient client = TestClient.register(gateway.url());
		var request = client.request();
		request.put("resource", gateway.url("/atlassian/mcp").toString());
		URI upstreamPage = Browser.location(client.decide(client.authorize(request), "allow"));
		URI answer = client.approve(upstreamPage);
		String token = TestClient.tokens(client.redeem(TestClient.codeOf(answer))).accessToken();
		assertThat(client.call("/atlassian/mcp", token, INITIALIZE).statusCode()).isEqualTo(200);
		assertThat(preflight(gateway.url("/atlassian/mcp")).statusCode()).isEqualTo(204);
	}

	private static String upstreamToken() {
		try (TestGateway gateway = TestGateway.inFrontOf(atlassian.url()).start()) {
			TestClient client = TestClient.register(gateway.url());
			client.initialize(client.signIn().accessToken());
		}
		List<ReceivedRequest> calls = atlassian.requests(Endpoint.MCP);
		return calls.get(calls.size() - 1).header("Authorization").substring("Bearer ".length());
	}

	private static String existingBridgesToken(String upstreamToken) throws JOSEException {
		SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
				new JWTClaimsSet.Builder().issuer("https://bridge.example.com")
					.expirationTime(Date.from(Instant.now().plusSeconds(600)))
					.claim("atlassian_access_token", upstreamToken)
					.build());
		jwt.sign(new MACSigner("at-least-32-characters-long-secret"));
		return jwt.serialize();
	}

	private static HttpResponse<String> call(URI url, String token) {
		return new Browser().send(HttpRequest.newBuilder(url)
			.header("Authorization", "Bearer " + token)
			.header("Content-Type", "application/json")
			.header("Accept", "application/json, text/event-stream")
			.header("Origin", "https://app.example.com")
			.POST(BodyPublishers.ofString(INITIALIZE)));
	}

	private static String endpointEvent(URI url, String token) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(url)
			.header("Authorization", "Bearer " + token)
			.header("Accept", "text/event-stream")
			.build();
		HttpClient http = HttpClient.newHttpClient();
		try (Stream<String> lines = http.send(request, BodyHandlers.ofLines()).body()) {
			return lines.filter((line) -> line.startsWith("data:")).findFirst().orElseThrow();
		}
	}

	private static HttpResponse<String> preflight(URI url) {
		return new Browser().send(HttpRequest.newBuilder(url)
			.header("Origin", "https://app.example.com")
			.header("Access-Control-Request-Method", "POST")
			.method("OPTIONS", BodyPublishers.noBody()));
	}

	private String bash(String script, URI gateway) throws Exception {
		ProcessBuilder bash = new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", script)
			.directory(this.directory.toFile())
			.redirectErrorStream(true);
		bash.environment().put("GW", gateway.toString());
		bash.environment().put("TMPDIR", this.directory.toString());
		bash.environment().put("no_proxy", "*");
		Process process = bash.start();
		process.getOutputStream().close();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(said).isZero();
		return said;
	}

	private static String first(String text, String pattern) {
		Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
		assertThat(matcher.find()).as(pattern).isTrue();
		return matcher.group();
	}

	static boolean hasTools() {
		return Stream.of("bash", "curl", "openssl", "sed")
			.allMatch((tool) -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
				.anyMatch((folder) -> Files.isExecutable(Path.of(folder, tool))));
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Routes.class)
	static class InJava {

	}

}
