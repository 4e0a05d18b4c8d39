package dev.mcpbridge.headers;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CorsPolicyTests {

	private static final Duration DAY = CorsPolicy.MAX_AGE;

	@Test
	void anAnswerToAnyoneIsTheSameForEveryone() {
		HttpHeaders withOrigin = answer(CorsPolicy.mcp(), "https://page.example").getHeaders();
		HttpHeaders without = answer(CorsPolicy.mcp(), null).getHeaders();
		assertThat(withOrigin).isEqualTo(without);
		assertThat(without.get("Access-Control-Allow-Origin")).containsExactly("*");
		assertThat(without.getVary()).containsExactly("Accept-Encoding");
	}

	@Test
	void anAnswerToSomeVariesByOrigin() {
		CorsPolicy policy = CorsPolicy.mcp(List.of("https://app.example", "https://*.example.com"), List.of(), true,
				DAY);
		HttpHeaders headers = answer(policy, "https://a.example.com").getHeaders();
		assertThat(headers.get("Access-Control-Allow-Origin")).containsExactly("https://a.example.com");
		assertThat(headers.get("Access-Control-Allow-Credentials")).containsExactly("true");
		assertThat(headers.getVary()).containsExactly("Accept-Encoding", "Origin");
		assertThat(answer(policy, null).getHeaders().getVary()).containsExactly("Accept-Encoding", "Origin");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://stranger.example", "null", "http://app.example", "https://app.example:444",
			"https://app.example.evil.example", "not an origin" })
	void aStrangersPageIsRefusedBeforeAnythingElse(String origin) {
		CorsPolicy policy = CorsPolicy.mcp(List.of("https://app.example"), List.of(), false, DAY);
		MockServerHttpResponse answer = answer(policy, origin);
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
		assertThat(answer.getHeaders().containsHeader("Access-Control-Allow-Origin")).isFalse();
	}

	@Test
	void atlassiansFiveHeadersAreOnEveryAnswer() {
		HttpHeaders headers = answer(CorsPolicy.atlassian(), null).getHeaders();
		assertThat(headers.headerNames()).filteredOn((name) -> name.startsWith("Access-Control-")).hasSize(5);
		assertThat(headers.get("Access-Control-Allow-Headers")).containsExactly("Content-Type, mcp-session-id");
		assertThat(headers.get("Access-Control-Allow-Methods")).containsExactly("GET, POST, OPTIONS");
		assertThat(headers.get("Access-Control-Allow-Origin")).containsExactly("*");
		assertThat(headers.get("Access-Control-Expose-Headers")).containsExactly("mcp-session-id");
		assertThat(headers.get("Access-Control-Max-Age")).containsExactly("86400");
	}

	@Test
	void credentialsAndAnyoneDoNotGoTogether() {
		assertThatIllegalArgumentException().isThrownBy(() -> CorsPolicy.mcp(List.of("*"), List.of(), true, DAY))
			.withMessage("allowCredentials: true (expected: false, or allowedOrigins that are not *)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "app.example", "https://app.example/", "https://app.example/path", "*.example.com", "null",
			"" })
	void whatIsNoOriginIsRefused(String origin) {
		assertThatIllegalArgumentException().isThrownBy(() -> CorsPolicy.mcp(List.of(origin), List.of(), false, DAY))
			.withMessageStartingWith("allowedOrigins: " + origin + " (expected: ");
	}

	@Test
	void anyoneAmongSomeIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> CorsPolicy.mcp(List.of("https://app.example", "*"), List.of(), false, DAY));
		assertThatIllegalArgumentException().isThrownBy(() -> CorsPolicy.mcp(List.of(), List.of(), false, DAY));
	}

	@Test
	void argumentsThatContradictThePresetAreRefused() {
		List<String> some = List.of("https://app.example");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new McpCorsGatewayFilterFactory.Config(some, CorsPreset.ATLASSIAN, List.of(), false, DAY))
			.withMessage("allowedOrigins: [https://app.example] (expected: * with preset atlassian)");
		assertThatIllegalArgumentException().isThrownBy(() -> new McpCorsGatewayFilterFactory.Config(List.of("*"),
				CorsPreset.MCP, List.of(), false, Duration.ofSeconds(-1)));
	}

	@Test
	void theArgumentsHaveDefaults() {
		assertThat(new McpCorsGatewayFilterFactory().newConfig())
			.isEqualTo(new McpCorsGatewayFilterFactory.Config(List.of(), CorsPreset.MCP, List.of(), false, null));
	}

	private static MockServerHttpResponse answer(CorsPolicy policy, @Nullable String origin) {
		MockServerHttpRequest.BodyBuilder request = MockServerHttpRequest.post("http://gateway.example/mcp");
		if (origin != null) {
			request.header(HttpHeaders.ORIGIN, origin);
		}
		MockServerWebExchange exchange = MockServerWebExchange.from(request);
		MockServerHttpResponse response = exchange.getResponse();
		Mono<Void> upstream = Mono.defer(() -> {
			response.getHeaders().add("Access-Control-Allow-Origin", "https://upstream.example");
			response.getHeaders().add("Access-Control-Allow-Private-Network", "true");
			response.getHeaders().add("Vary", "Accept-Encoding");
			return response.setComplete();
		});
		StepVerifier.create(policy.guard(exchange, () -> upstream)).expectComplete().verify(Duration.ofSeconds(5));
		assertThat(response.getHeaders().containsHeader("Access-Control-Allow-Private-Network")).isFalse();
		return response;
	}

}
