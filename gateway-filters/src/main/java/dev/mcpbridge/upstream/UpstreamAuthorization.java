package dev.mcpbridge.upstream;

import java.net.URI;

import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;

/**
 * Builds the address a person is sent to, to allow the gateway to act for them.
 */
public final class UpstreamAuthorization {

	private final UpstreamSettings settings;

	/**
	 * Creates the builder of one upstream.
	 * @param settings the upstream
	 */
	public UpstreamAuthorization(UpstreamSettings settings) {
		this.settings = settings;
	}

	/**
	 * Returns the authorization request as an address for a browser.
	 * @param server the server to ask
	 * @param client the client that asks
	 * @param scope what to ask for; empty to ask for what the settings or the server say
	 * @param state what the callback will bring back
	 * @param verifier the secret half of PKCE; only its S256 challenge is sent
	 * @return the address
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1">RFC 6749,
	 * section 4.1.1</a>, <a href="https://www.rfc-editor.org/rfc/rfc7636#section-4.3">RFC
	 * 7636, section 4.3</a> and
	 * <a href="https://www.rfc-editor.org/rfc/rfc8707#section-2.1">RFC 8707, section
	 * 2.1</a>
	 */
	public URI request(UpstreamServer server, UpstreamClient client, Scope scope, State state, CodeVerifier verifier) {
		AuthorizationRequest.Builder request = new AuthorizationRequest.Builder(ResponseType.CODE,
				new ClientID(client.clientId()))
			.endpointURI(server.authorizationEndpoint())
			.redirectionURI(this.settings.callback())
			.scope(scope.isEmpty() ? this.settings.scopesFor(server) : scope)
			.state(state)
			.codeChallenge(verifier, CodeChallengeMethod.S256);
		URI resource = client.resource();
		return ((resource != null) ? request.resource(resource) : request).build().toURI();
	}

}
