package dev.mcpbridge.headers;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.cloud.gateway.filter.headers.GRPCRequestHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveForwardedHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveHopByHopHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.RemoveXForwardedHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.TransferEncodingNormalizationHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which filters of Spring Cloud Gateway are left out, and that nothing crosses for it.
 */
class SparedHeadersFilterTests {

	final MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.post("/mcp")
		.header("Connection", "keep-alive, X-Hop")
		.header("X-Hop", "1")
		.header("Transfer-Encoding", "chunked")
		.header("TE", "trailers")
		.header("X-Forwarded-For", "192.0.2.1")
		.header("Forwarded", "for=192.0.2.1")
		.header("Accept", "application/json"));

	static List<HttpHeadersFilter> spared() {
		return List.of(new RemoveHopByHopHeadersFilter(), new TransferEncodingNormalizationHeadersFilter(),
				new GRPCRequestHeadersFilter(), new RemoveForwardedHeadersFilter(),
				new RemoveXForwardedHeadersFilter());
	}

	@ParameterizedTest
	@MethodSource("spared")
	void copiesNothingOnARouteOfOurs(HttpHeadersFilter filter) {
		enter(false);
		HttpHeaders headers = this.exchange.getRequest().getHeaders();
		assertThat(SparedHeadersFilter.of(filter).filter(headers, this.exchange)).isSameAs(headers);
	}

	@ParameterizedTest
	@MethodSource("spared")
	void worksAsEverOnOthers(HttpHeadersFilter filter) {
		HttpHeaders headers = this.exchange.getRequest().getHeaders();
		HttpHeadersFilter spared = SparedHeadersFilter.of(filter);
		assertThat(spared.filter(headers, this.exchange)).isEqualTo(filter.filter(headers, this.exchange));
		for (HttpHeadersFilter.Type type : HttpHeadersFilter.Type.values()) {
			assertThat(spared.supports(type)).isEqualTo(filter.supports(type));
		}
	}

	@Test
	void ourOnePassDropsWhatTheyWouldHave() {
		HttpHeaders crossing = HeaderRules.of(List.of(), List.of(), false)
			.toUpstream(this.exchange.getRequest().getHeaders());
		assertThat(crossing.headerNames()).containsExactly("Accept");
	}

	@Test
	void aRouteThatForwardsLeavesForwardingToThem() {
		enter(true);
		HttpHeaders headers = this.exchange.getRequest().getHeaders();
		HttpHeadersFilter forwarded = SparedHeadersFilter.of(new RemoveXForwardedHeadersFilter());
		assertThat(forwarded.filter(headers, this.exchange).containsHeader("X-Forwarded-For")).isFalse();
		HttpHeadersFilter hop = SparedHeadersFilter.of(new RemoveHopByHopHeadersFilter());
		assertThat(hop.filter(headers, this.exchange)).isSameAs(headers);
	}

	@Test
	void whatSomebodyConfiguredIsLeftAlone() {
		RemoveHopByHopHeadersFilter theirs = new RemoveHopByHopHeadersFilter();
		theirs.setHeaders(Set.of("x-internal"));
		assertThat(SparedHeadersFilter.of(theirs)).isSameAs(theirs);
	}

	private void enter(boolean forwarding) {
		this.exchange.getAttributes()
			.put(Crossing.ATTRIBUTE, new Crossing(HeaderRules.of(List.of(), List.of(), forwarding)));
	}

}
