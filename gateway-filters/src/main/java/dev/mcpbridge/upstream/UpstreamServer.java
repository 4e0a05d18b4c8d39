package dev.mcpbridge.upstream;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The upstream authorization server as it was discovered.
 *
 * @param issuer the issuer it names
 * @param authorizationEndpoint where a person is sent to
 * @param tokenEndpoint where codes and refresh tokens are redeemed
 * @param registrationEndpoint where clients register, or {@code null} if they cannot
 * @param revocationEndpoint where tokens are revoked, or {@code null} if they cannot be
 * @param scopesSupported what the resource metadata asks for, with {@code offline_access}
 * where the server offers it; empty if the upstream does not say
 * @param resource the resource to ask tokens for, or {@code null} to send none
 * @param tokenEndpointAuthMethods how clients may authenticate; empty if not said
 * @param authorizationResponseIssParameterSupported whether the callback carries
 * {@code iss}
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-2">RFC 8414, section 2</a>
 */
public record UpstreamServer(String issuer, URI authorizationEndpoint, URI tokenEndpoint,
		@Nullable URI registrationEndpoint, @Nullable URI revocationEndpoint, List<String> scopesSupported,
		@Nullable URI resource, List<String> tokenEndpointAuthMethods,
		boolean authorizationResponseIssParameterSupported) {

	public UpstreamServer {
		scopesSupported = List.copyOf(scopesSupported);
		tokenEndpointAuthMethods = List.copyOf(tokenEndpointAuthMethods);
	}

	/**
	 * Tells whether a callback may come from this server, by its {@code iss} parameter. A
	 * server that promises the parameter must send it.
	 * @param iss the parameter, or {@code null} if the callback has none
	 * @return whether the callback may be trusted
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc9207#section-2.4">RFC 9207, section
	 * 2.4</a>
	 */
	public boolean mayHaveSent(@Nullable String iss) {
		return (iss != null) ? iss.equals(this.issuer) : !this.authorizationResponseIssParameterSupported;
	}

	boolean offers(TokenEndpointAuth method) {
		return this.tokenEndpointAuthMethods.isEmpty() || this.tokenEndpointAuthMethods.contains(method.wireName());
	}

}
