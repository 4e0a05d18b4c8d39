package dev.mcpbridge.upstream;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationRequest;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Makes the gateway a client of the upstream authorization server.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591#section-3">RFC 7591, section 3</a>
 */
public final class UpstreamRegistrar {

	private static final Set<Integer> REFUSALS = Set.of(400, 401, 403);

	private final UpstreamHttp http;

	private final UpstreamSettings settings;

	private final InstantSource clock;

	/**
	 * Creates the registrar of one upstream.
	 * @param http the transport
	 * @param settings the upstream
	 * @param clock the time
	 */
	public UpstreamRegistrar(UpstreamHttp http, UpstreamSettings settings, InstantSource clock) {
		this.http = http;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Registers a new client, or returns the configured one. Asks to be a public client
	 * and takes what it is given.
	 * @param server the server to register at
	 * @return the client, or an {@link UpstreamException}
	 */
	public Mono<UpstreamClient> register(UpstreamServer server) {
		if (this.settings.registration() instanceof Registration.Static configured) {
			return Mono.fromSupplier(() -> configured(configured, server));
		}
		URI endpoint = server.registrationEndpoint();
		if (endpoint == null) {
			return Mono.error(() -> new UpstreamException.Misconfigured(
					"upstream: %s offers no registration (expected: mcp.bridge.upstream.registration=static)"
						.formatted(server.issuer())));
		}
		Mono<UpstreamClient> registered = Mono.defer(() -> this.http.send(request(server, endpoint)))
			.map((answer) -> client(answer, server, endpoint));
		return this.http.calls()
			.timed(UpstreamListener.Operation.REGISTRATION, registered, (client) -> UpstreamListener.Outcome.OK);
	}

	private UpstreamClient configured(Registration.Static client, UpstreamServer server) {
		TokenEndpointAuth auth = (client.clientSecret() != null) ? TokenEndpointAuth.withSecret(server)
				: TokenEndpointAuth.NONE;
		return new UpstreamClient(client.clientId(), client.clientSecret(), auth, server.issuer(),
				server.tokenEndpoint(), server.resource(), this.clock.instant(), null);
	}

	HTTPRequest request(UpstreamServer server, URI endpoint) {
		TokenEndpointAuth auth = server.offers(TokenEndpointAuth.NONE) ? TokenEndpointAuth.NONE
				: TokenEndpointAuth.withSecret(server);
		ClientMetadata metadata = new ClientMetadata();
		metadata.setName(this.settings.clientName());
		metadata.setRedirectionURI(this.settings.callback());
		metadata.setGrantTypes(Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN));
		metadata.setResponseTypes(Set.of(ResponseType.CODE));
		metadata.setTokenEndpointAuthMethod(ClientAuthenticationMethod.parse(auth.wireName()));
		metadata.setScope(this.settings.scopesFor(server));
		metadata.setCustomField("application_type", "web");
		return new ClientRegistrationRequest(endpoint, metadata, null).toHTTPRequest();
	}

	UpstreamClient client(HttpAnswer answer, UpstreamServer server, URI endpoint) {
		JsonDocument document = answer.isSuccess() ? answer.json() : null;
		String clientId = (document != null) ? document.text("client_id") : null;
		if (document == null || clientId == null) {
			throw refusal(answer, endpoint);
		}
		String secret = document.text("client_secret");
		TokenEndpointAuth auth = auth(document.text("token_endpoint_auth_method"), secret != null, server);
		return new UpstreamClient(clientId, (secret != null) ? Secret.of(secret) : null, auth, server.issuer(),
				server.tokenEndpoint(), server.resource(), this.clock.instant(),
				end(document.number("client_secret_expires_at")));
	}

	/**
	 * The answer decides, not the request: some servers give a secret to who asked for
	 * none, and some name a method without giving the secret for it.
	 */
	private static TokenEndpointAuth auth(@Nullable String named, boolean hasSecret, UpstreamServer server) {
		if (!hasSecret) {
			return TokenEndpointAuth.NONE;
		}
		TokenEndpointAuth method = TokenEndpointAuth.of(named);
		if (named != null && method == null) {
			throw new UpstreamException.Misconfigured(
					"upstream: token_endpoint_auth_method of %s is none we know".formatted(server.issuer()));
		}
		return (method != null) ? method : TokenEndpointAuth.withSecret(server);
	}

	/** Zero means that the secret does not end. */
	private static @Nullable Instant end(@Nullable Long expiresAt) {
		boolean ends = expiresAt != null && expiresAt > 0 && expiresAt < Instant.MAX.getEpochSecond();
		return (expiresAt != null && ends) ? Instant.ofEpochSecond(expiresAt) : null;
	}

	/** A server may refuse without saying why, on a page for people. */
	private static HttpAnswer.@Nullable OAuthError errorOf(HttpAnswer answer) {
		boolean unexplained = answer.error() == null && REFUSALS.contains(answer.status());
		return unexplained ? new HttpAnswer.OAuthError("access_denied", null, answer.status()) : answer.error();
	}

	private UpstreamException refusal(HttpAnswer answer, URI endpoint) {
		HttpAnswer.OAuthError error = errorOf(answer);
		if (error == null || answer.outage() != null || error.isServerError()) {
			return this.http.unavailable(answer, endpoint);
		}
		String hint = error.speaksOf("redirect") ? " (expected: %s allowed there)".formatted(this.settings.callback())
				: "";
		return new UpstreamException.Refused(error, "upstream: registration at %s refused with %d %s%s"
			.formatted(endpoint, error.status(), error.code(), hint));
	}

}
