package dev.mcpbridge.headers;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HeaderRulesTests {

	private final HeaderRules rules = HeaderRules.of(List.of("X-Vendor-*"), List.of("X-Internal"), false);

	@ParameterizedTest
	@ValueSource(strings = { "WWW-Authenticate", "www-*", "Set-Cookie", "Access-Control-Allow-Origin", "access-*", "a*",
			"Connection", "Proxy-Authenticate" })
	void whatSpeaksForTheUpstreamsHouseCannotBeAllowed(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> HeaderRules.of(List.of(name), List.of(), false))
			.withMessageContaining("expected: no challenge, cookie, CORS or hop-by-hop header");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "*", "X Name", "X-*-Name", "X:" })
	void whatIsNoHeaderNameIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> HeaderRules.of(List.of(), List.of(name), false))
			.withMessageStartingWith("droppedRequestHeaders: ");
	}

	@Test
	void namesAreTheSameInAnyCase() {
		HttpHeaders upstream = new HttpHeaders();
		upstream.add("MCP-SESSION-ID", "s");
		upstream.add("x-vendor-BUILD", "1");
		upstream.add("SERVER", "edge");
		assertThat(this.rules.toClient(upstream).headerNames()).containsExactlyInAnyOrder("MCP-SESSION-ID",
				"x-vendor-BUILD");
	}

	@Test
	void everyValueOfAHeaderCrosses() {
		HttpHeaders client = new HttpHeaders();
		client.addAll("Accept", List.of("application/json", "text/event-stream"));
		client.add("x-internal", "1");
		HttpHeaders crossing = this.rules.toUpstream(client);
		assertThat(crossing.get("Accept")).containsExactly("application/json", "text/event-stream");
		assertThat(crossing.containsHeader("X-Internal")).isFalse();
	}

	@Test
	void theSourceIsLeftAsItIs() {
		HttpHeaders upstream = new HttpHeaders();
		upstream.add("Server", "edge");
		this.rules.toClient(upstream);
		assertThat(upstream.containsHeader("Server")).isTrue();
	}

}
