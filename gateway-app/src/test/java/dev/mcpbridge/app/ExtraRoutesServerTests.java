package dev.mcpbridge.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.cloud.gateway.route.RouteDefinition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A team's own routes stand beside the app's, and are checked like these.
 */
class ExtraRoutesServerTests {

	@Test
	void aRouteOfATeamIsServedBesideThoseOfTheApp() throws Exception {
		try (WebSite site = WebSite.saying("<h1>Hello</h1>");
				TestGateway gateway = TestGateway.of(GatewayApplication.class)
					.property("mcp.bridge.extra-routes[0].id", "hello")
					.property("mcp.bridge.extra-routes[0].uri", site.url("/").toString())
					.property("mcp.bridge.extra-routes[0].predicates[0]", "Path=/hello/**")
					.property("mcp.bridge.extra-routes[0].filters[0]", "McpStream")
					.start()) {
			assertThat(get(gateway.url("/hello/world"))).isEqualTo(200);
			assertThat(List.of("/mcp", "/v1/mcp", "/sse", "/v1/sse"))
				.allSatisfy((path) -> assertThat(get(gateway.url(path))).isEqualTo(401));
		}
	}

	@Test
	void anArgumentNobodyKnowsStopsTheStart() {
		assertThatThrownBy(() -> TestGateway.of(GatewayApplication.class)
			.property("mcp.bridge.extra-routes[0].id", "hello")
			.property("mcp.bridge.extra-routes[0].uri", "https://hello.example")
			.property("mcp.bridge.extra-routes[0].predicates[0]", "Path=/hello/**")
			.property("mcp.bridge.extra-routes[0].filters[0].name", "McpStream")
			.property("mcp.bridge.extra-routes[0].filters[0].args.heartbeet", "15s")
			.start()).hasStackTraceContaining("route hello, filter McpStream: unknown argument heartbeet");
	}

	@Test
	void anIdThatIsTakenStopsTheStart() {
		ExtraRoutesProperties extra = extra(Map.of("id", "mcp", "uri", "https://a.example", "predicates", "Path=/a"));
		RouteDefinition mcp = new RouteDefinition();
		mcp.setId("mcp");
		assertThatThrownBy(() -> extra.after(List.of(mcp)))
			.hasMessage("mcp.bridge.extra-routes[0].id: mcp (expected: an id no other route has)");
	}

	@Test
	void aRouteWithoutPredicatesWhichWouldTakeEverythingStopsTheStart() {
		assertThatThrownBy(() -> extra(Map.of("id", "all", "uri", "https://a.example")).after(List.of()))
			.hasMessageStartingWith("mcp.bridge.extra-routes[0]: ")
			.hasMessageEndingWith("(expected: an id, a uri and predicates)");
	}

	private static ExtraRoutesProperties extra(Map<String, String> route) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource();
		route.forEach((name, value) -> source.put("mcp.bridge.extra-routes[0]." + name, value));
		return new Binder(source).bind("mcp.bridge", Bindable.of(ExtraRoutesProperties.class)).get();
	}

	private static int get(URI url) {
		try {
			return HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding())
				.statusCode();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
