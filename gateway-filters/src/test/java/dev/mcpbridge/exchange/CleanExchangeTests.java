package dev.mcpbridge.exchange;

import java.net.URI;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an attempt leaves behind, and what was there before it.
 */
class CleanExchangeTests {

	static final URI ORIGINAL = URI.create("http://gateway/before");

	final MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));

	final MockServerHttpResponse response = this.exchange.getResponse();

	@Test
	void whatAnAttemptChangedIsTakenBackAndWhatWasThereStays() {
		this.response.getHeaders().add("vary", "Origin");
		this.response.addCookie(ResponseCookie.from("ours", "1").build());
		this.exchange.getAttributes().put("ours", "before");
		ServerWebExchangeUtils.addOriginalRequestUrl(this.exchange, ORIGINAL);
		CleanExchange clean = new CleanExchange(this.exchange);
		attempt();
		clean.restore();
		assertThat(this.response.getHeaders().toSingleValueMap()).containsOnlyKeys("vary");
		assertThat(this.response.getHeaders().get("vary")).containsExactly("Origin");
		assertThat(this.response.getCookies()).containsOnlyKeys("ours");
		assertThat(this.response.getStatusCode()).isNull();
		assertThat(this.exchange.getAttributes()).containsEntry("ours", "before");
		assertThat(ServerWebExchangeUtils.isAlreadyRouted(this.exchange)).isFalse();
		assertThat(this.exchange.getAttributes()).doesNotContainKeys(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR,
				ServerWebExchangeUtils.CLIENT_RESPONSE_HEADER_NAMES);
		assertThat(urls()).containsExactly(ORIGINAL);
	}

	@Test
	void aSecondAttemptIsTakenBackAsWell() {
		CleanExchange clean = new CleanExchange(this.exchange);
		attempt();
		clean.restore();
		attempt();
		clean.restore();
		assertThat(this.response.getHeaders().headerNames()).isEmpty();
		assertThat(urls()).isEmpty();
	}

	private void attempt() {
		this.response.setStatusCode(HttpStatus.UNAUTHORIZED);
		this.response.getHeaders().add("vary", "Accept");
		this.response.getHeaders().add("www-authenticate", "Bearer");
		this.response.addCookie(ResponseCookie.from("theirs", "1").build());
		this.exchange.getAttributes().put("ours", "after");
		ServerWebExchangeUtils.setAlreadyRouted(this.exchange);
		ServerWebExchangeUtils.addOriginalRequestUrl(this.exchange, URI.create("http://gateway/after"));
		this.exchange.getAttributes()
			.put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, URI.create("http://upstream/after"));
		this.exchange.getAttributes()
			.put(ServerWebExchangeUtils.CLIENT_RESPONSE_HEADER_NAMES, Set.of("www-authenticate"));
	}

	private Set<URI> urls() {
		return this.exchange.getAttributeOrDefault(ServerWebExchangeUtils.GATEWAY_ORIGINAL_REQUEST_URL_ATTR, Set.of());
	}

}
