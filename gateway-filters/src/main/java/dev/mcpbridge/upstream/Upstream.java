package dev.mcpbridge.upstream;

import java.time.InstantSource;

/**
 * The far authorization server, everything a client of it can do.
 *
 * @param settings what an operator said about it
 * @param discovery where it is
 * @param registrar how to become its client
 * @param authorization where to send a person
 * @param tokenEndpoint where codes and refresh tokens are redeemed
 * @param revocation where tokens are given back
 * @param survey what it publishes, for operators
 */
public record Upstream(UpstreamSettings settings, UpstreamDiscovery discovery, UpstreamRegistrar registrar,
		UpstreamAuthorization authorization, UpstreamTokenEndpoint tokenEndpoint, UpstreamRevocation revocation,
		UpstreamSurvey survey) {

	/**
	 * Makes all of it.
	 * @param http the transport
	 * @param settings what an operator said about it
	 * @param clock the time
	 * @return the upstream
	 */
	public static Upstream of(UpstreamHttp http, UpstreamSettings settings, InstantSource clock) {
		UpstreamDiscovery discovery = new UpstreamDiscovery(http, settings, clock);
		UpstreamRegistrar registrar = new UpstreamRegistrar(http, settings, clock);
		return new Upstream(settings, discovery, registrar, new UpstreamAuthorization(settings),
				new UpstreamTokenEndpoint(http, settings, clock), new UpstreamRevocation(http, discovery),
				new UpstreamSurvey(http, settings, registrar));
	}

}
