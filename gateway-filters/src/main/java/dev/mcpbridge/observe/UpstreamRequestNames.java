package dev.mcpbridge.observe;

import io.micrometer.common.KeyValues;

import org.springframework.cloud.gateway.filter.headers.observation.DefaultGatewayObservationConvention;
import org.springframework.cloud.gateway.filter.headers.observation.GatewayContext;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Names requests to the upstream in spans as Spring does, but for their query: in the
 * older transport it is the id of the session.
 */
public final class UpstreamRequestNames extends DefaultGatewayObservationConvention {

	@Override
	public KeyValues getHighCardinalityKeyValues(GatewayContext context) {
		return KeyValues.of("http.uri",
				UriComponentsBuilder.fromUri(context.getRequest().getURI())
					.userInfo(null)
					.replaceQuery(null)
					.fragment(null)
					.build()
					.toUriString());
	}

}
