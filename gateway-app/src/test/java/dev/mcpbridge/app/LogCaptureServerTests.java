package dev.mcpbridge.app;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever goes right or wrong, no fragment of a secret is in a log line, a stack trace,
 * a metric or an actuator page, even with every logger at DEBUG that the app leaves to
 * the operator.
 */
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LogCaptureServerTests {

	static final List<Fault> FAULTS = List.of(Fault.status(500), Fault.tooManyRequests(Duration.ofSeconds(1)),
			Fault.html(200), Fault.html(502), Fault.invalidClient(), Fault.cut(), Fault.loseAnswer());

	static final LeakDetector detector = new LeakDetector();

	static AtlassianSimulator atlassian;

	static TestGateway gateway;

	@BeforeAll
	static void start() {
		atlassian = AtlassianSimulator.builder().setCookies().start();
		gateway = TestGateway.of(GatewayApplication.class)
			.property("mcp.bridge.upstream.url", atlassian.url().toString())
			.property("mcp.bridge.token.lifetime", "PT8H")
			.property("management.server.port", "0")
			.property("logging.level.root", "DEBUG")
			.property("logging.level.jdk.internal.httpclient", "INFO") // the client's own
			.unguarded()
			.clock(atlassian.clock())
			.start();
	}

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@Test
	@Order(1)
	void loginsThatCannotStart(CapturedOutput output) {
		for (Endpoint endpoint : List.of(Endpoint.DISCOVERY, Endpoint.REGISTER)) {
			for (Fault fault : FAULTS) {
				atlassian.faults().always(endpoint, fault);
				OverheardClient client = new OverheardClient(gateway.url(), detector);
				client.decide("allow");
				atlassian.faults().clear();
				atlassian.clock().advance(Duration.ofSeconds(6));
			}
		}
		assertNothingLeaked(output);
	}

	@Test
	@Order(2)
	void loginsThatCannotFinish(CapturedOutput output) {
		for (Fault fault : FAULTS) {
			OverheardClient client = new OverheardClient(gateway.url(), detector);
			URI callback = client.callback("allow");
			atlassian.faults().next(1, Endpoint.TOKEN, fault);
			assertThat(Browser.location(client.follow(callback)).toString()).contains("error=");
		}
		OverheardClient client = new OverheardClient(gateway.url(), detector);
		assertThat(client.decide("deny").statusCode()).isEqualTo(303);
		assertThat(Browser.location(client.follow(client.callback("deny"))).toString()).contains("access_denied");
		URI callback = client.callback("allow");
		assertThat(new OverheardClient(gateway.url(), detector).follow(callback).statusCode()).isEqualTo(400);
		assertThat(client.follow(URI.create(callback + "x")).statusCode()).isEqualTo(400);
		client.follow(callback);
		assertThat(client.follow(callback).statusCode()).isEqualTo(400);
		assertNothingLeaked(output);
	}

	@Test
	@Order(3)
	void tokensThatAreNoGood(CapturedOutput output) {
		OverheardClient client = new OverheardClient(gateway.url(), detector);
		TestClient.Tokens tokens = client.signIn();
		for (int part = 0; part < 3; part++) {
			assertThat(client.call(tampered(tokens.accessToken(), part)).statusCode()).isEqualTo(401);
		}
		assertThat(client.get("/mcp?access_token=" + tokens.accessToken()).statusCode()).isEqualTo(401);
		assertThat(client.get("/authorize?client_id=" + tampered(client.client().clientId(), 4)).statusCode())
			.isEqualTo(400);
		Map<String, String> refresh = Map.of("grant_type", "refresh_token", "client_id", client.client().clientId(),
				"refresh_token", tampered(tokens.refreshToken(), 3));
		assertThat(client.token(refresh).statusCode()).isEqualTo(400);
		String code = client.code(client.callback("allow"));
		assertThat(new OverheardClient(gateway.url(), detector).redeem(code).statusCode()).isEqualTo(400);
		assertThat(client.redeem(code).statusCode()).isEqualTo(400);
		assertThat(client.call(code.repeat(40)).statusCode()).isGreaterThanOrEqualTo(400);
		assertNothingLeaked(output);
	}

	@Test
	@Order(4)
	void clientsWithSecrets(CapturedOutput output) {
		Browser browser = new Browser();
		HttpResponse<String> registered = detector.learn(browser.send(HttpRequest.newBuilder(gateway.url("/register"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("""
					{"client_name": "Confidential", "redirect_uris": ["https://client.example.com/callback"],
					"token_endpoint_auth_method": "client_secret_post"}"""))));
		String secret = TestClient.json(registered).get("client_secret").asString();
		String id = TestClient.json(registered).get("client_id").asString();
		for (String presented : List.of(secret, secret + "x")) {
			detector.learn(browser.post(gateway.url("/access-token"), Map.of("grant_type", "refresh_token",
					"refresh_token", "nonsense", "client_id", id, "client_secret", presented)));
		}
		assertNothingLeaked(output);
	}

	@Test
	@Order(5)
	void callsAndStreamsThatFail(CapturedOutput output) {
		OverheardClient client = new OverheardClient(gateway.url(), detector);
		String token = client.signIn().accessToken();
		assertThat(client.call(token).statusCode()).isEqualTo(200);
		URI endpoint = client.openStream(token);
		assertThat(client.post(endpoint, token).statusCode()).isEqualTo(202);
		for (Fault fault : FAULTS) {
			attempt(() -> {
				atlassian.faults().next(1, Endpoint.MCP, fault);
				client.call(token);
			});
			attempt(() -> {
				atlassian.faults().next(1, Endpoint.MCP, fault);
				client.post(endpoint, token);
			});
			attempt(() -> {
				atlassian.faults().next(1, Endpoint.MCP, fault);
				client.openStream(token);
			});
			atlassian.faults().clear();
		}
		atlassian.killStreams();
		atlassian.forgetSessions();
		client.post(endpoint, token);
		assertNothingLeaked(output);
	}

	@Test
	@Order(6)
	void refreshesThatFail(CapturedOutput output) {
		for (Fault fault : FAULTS) {
			OverheardClient client = new OverheardClient(gateway.url(), detector);
			TestClient.Tokens tokens = client.signIn();
			atlassian.clock().advance(Duration.ofMinutes(52));
			client.call(tokens.accessToken());
			atlassian.clock().advance(Duration.ofMinutes(56));
			atlassian.faults().next(1, Endpoint.TOKEN, fault);
			client.call(tokens.accessToken());
			client.refresh(tokens);
			atlassian.faults().clear();
		}
		assertNothingLeaked(output);
	}

	@Test
	@Order(7)
	void anUpstreamThatRefusesAndGoesAway(CapturedOutput output) {
		OverheardClient client = new OverheardClient(gateway.url(), detector);
		TestClient.Tokens tokens = client.signIn();
		atlassian.expireAllAccessTokens();
		assertThat(client.call(tokens.accessToken()).statusCode()).isEqualTo(200);
		atlassian.faults().always(Endpoint.MCP, Fault.status(401));
		assertThat(client.call(tokens.accessToken()).statusCode()).isEqualTo(401);
		detector.learnAllOf(atlassian);
		atlassian.close();
		assertThat(client.call(tokens.accessToken()).statusCode()).isEqualTo(503);
		assertThat(client.decide("allow").statusCode()).isEqualTo(503);
		assertNothingLeaked(output);
	}

	@Test
	@Order(8)
	void aLineSaysWhichRequestItIsOf(CapturedOutput output) {
		String client = TestClient.register(gateway.url()).clientId();
		new Browser().post(gateway.url("/access-token"),
				Map.of("grant_type", "refresh_token", "client_id", client, "refresh_token", "nonsense"), "X-Request-Id",
				"what-the-client-saw");
		assertThat(output.getAll()).containsPattern("\\[what-the-client-saw] .*TokenRefusals +: token refused error=");
	}

	@Test
	@Order(9)
	void theDetectorHasHeardEnoughAndWouldFindFragments() {
		assertThat(detector.known()).isGreaterThan(300);
		String token = atlassian.issuedTokens().get(0);
		assertThat(detector.leaksIn(List.of("reason=" + token.substring(5, 17)))).hasSize(1);
	}

	private static void assertNothingLeaked(CapturedOutput output) {
		detector.learnAllOf(atlassian);
		List<String> texts = new ArrayList<>(actuatorPages());
		texts.add(output.getAll());
		assertThat(detector.leaksIn(texts)).isEmpty();
	}

	private static List<String> actuatorPages() {
		Browser browser = new Browser();
		String port = gateway.bean(Environment.class).getRequiredProperty("local.management.port");
		String index = browser.get(URI.create("http://localhost:%s/actuator".formatted(port))).body();
		Matcher link = Pattern.compile("http://localhost:\\d+/actuator/[^\"{]+(?=\")").matcher(index);
		Set<URI> urls = new TreeSet<>();
		while (link.find()) {
			urls.add(URI.create(link.group()));
		}
		for (String page : List.of("routes", "globalfilters", "routefilters")) {
			urls.add(URI.create("http://localhost:%s/actuator/gateway/%s".formatted(port, page)));
		}
		assertThat(urls).hasSizeGreaterThan(6);
		return urls.stream().map(browser::get).map(HttpResponse::body).toList();
	}

	private static String tampered(String token, int part) {
		String[] parts = token.split("\\.");
		int middle = parts[part].length() / 2;
		char other = (parts[part].charAt(middle) == 'A') ? 'B' : 'A';
		parts[part] = parts[part].substring(0, middle) + other + parts[part].substring(middle + 1);
		return String.join(".", parts);
	}

	/** Makes a call of which the answer may break off. */
	private static void attempt(Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException ex) {
			assertThat(ex).isNotInstanceOf(NullPointerException.class);
		}
	}

}
