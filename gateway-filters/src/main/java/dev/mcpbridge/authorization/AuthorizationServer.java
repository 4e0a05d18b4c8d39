package dev.mcpbridge.authorization;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import dev.mcpbridge.bridge.BridgeTokenIssuer;
import dev.mcpbridge.bridge.BridgeTokens;
import dev.mcpbridge.bridge.OwnBridgeTokens;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.refresh.GrantKeeper;
import dev.mcpbridge.refresh.GrantRevocation;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.RandomTexts;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.upstream.Registration;
import dev.mcpbridge.upstream.Upstream;

import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The authorization server MCP clients see, put together from its endpoints.
 */
public final class AuthorizationServer {

	/**
	 * The paths scripts of a page may call. The authorization endpoint is none of them: a
	 * browser goes there, and OAuth 2.1 forbids CORS for it.
	 */
	public static final List<String> SCRIPTABLE_PATHS = List.of("/.well-known/oauth-authorization-server",
			"/.well-known/oauth-authorization-server/**", "/.well-known/openid-configuration",
			"/.well-known/openid-configuration/**", "/register", "/token", "/access-token", "/revoke", "/jwks.json");

	/** A clock that opens every token of ours, whatever its age. */
	private static final InstantSource WHILE_NOTHING_IS_OVER = () -> Instant.EPOCH;

	private final AuthorizationServerSettings settings;

	private final Supplier<KeyRing> keys;

	private final BridgeStore store;

	private final RandomTexts random;

	private final TokenEndpointListener listener;

	private final InstantSource clock;

	/**
	 * Makes the server.
	 * @param settings what differs between two of them
	 * @param keys the current key ring
	 * @param store where everything single-use is kept
	 * @param random makes identifiers
	 * @param listener hears of the tokens
	 * @param clock tells what is over
	 */
	public AuthorizationServer(AuthorizationServerSettings settings, Supplier<KeyRing> keys, BridgeStore store,
			SecureRandom random, TokenEndpointListener listener, InstantSource clock) {
		this.settings = settings;
		this.keys = keys;
		this.store = store;
		this.random = new RandomTexts(random);
		this.listener = listener;
		this.clock = clock;
	}

	/**
	 * Returns the routes of every endpoint.
	 * @param upstream the far authorization server
	 * @param grants where grants are kept
	 * @param keeper keeps them fresh
	 * @param revocation ends them
	 * @param issuer makes bridge tokens
	 * @return the routes
	 */
	public RouterFunction<ServerResponse> routes(Upstream upstream, Grants grants, GrantKeeper keeper,
			GrantRevocation revocation, BridgeTokenIssuer issuer) {
		ClientRegistrations clients = new ClientRegistrations(this.keys, this.store, this.settings.refreshLifetime());
		PendingCodes codes = new PendingCodes(this.keys, this.store, this.random, this.settings.codeLifetime(),
				this.clock);
		BrowserCookies cookies = new BrowserCookies(this.settings.publicUrl().isSecure());
		PendingLogins logins = new PendingLogins(this.keys, cookies, this.store, this.settings.loginLifetime(),
				this.clock);
		UpstreamLogins upstreamLogins = upstreamLogins(upstream, logins);
		ClientRedirect redirect = new ClientRedirect(this.settings.issuer());
		Pages pages = new Pages();
		AuthorizeEndpoint authorize = new AuthorizeEndpoint(new AuthorizationRequests(clients, resources()),
				new ConsentDesk(this.settings, clients, this.keys, cookies, this.random, this.clock, pages),
				upstreamLogins, new LoginStart(upstreamLogins, logins, redirect, pages, this.settings), redirect,
				pages);
		CallbackEndpoint callback = new CallbackEndpoint(logins, upstreamLogins, clients, codes, redirect, pages,
				this.random, this.clock);
		return new AuthorizationServerRoutes(new MetadataEndpoint(this.settings),
				new RegistrationEndpoint(clients, this.random, this.clock), authorize, callback,
				tokenDesk(clients, codes, grants, keeper, revocation, issuer), this.keys, pages)
			.routes(this.settings.resources());
	}

	private UpstreamLogins upstreamLogins(Upstream upstream, PendingLogins logins) {
		boolean perClient = upstream.settings().registration() instanceof Registration.PerClient;
		UpstreamClients clients = new UpstreamClients(upstream.registrar(), this.store, this.keys, perClient,
				this.clock);
		return new UpstreamLogins(upstream, clients, logins, this.settings.scopes(), this.random);
	}

	private TokenDesk tokenDesk(ClientRegistrations clients, PendingCodes codes, Grants grants, GrantKeeper keeper,
			GrantRevocation revocation, BridgeTokenIssuer issuer) {
		ClientAuthenticator authenticator = new ClientAuthenticator(clients);
		RefreshTokens refreshTokens = new RefreshTokens(this.keys, this.settings.refreshLifetime(),
				this.settings.copies(), this.clock);
		TokenFamilies families = new TokenFamilies(this.keys, this.store, this.settings.refreshLifetime());
		TokenResponses responses = new TokenResponses(issuer, refreshTokens, families, this.clock);
		TokenRotation rotation = new TokenRotation(families, refreshTokens, responses,
				new GrantRenewal(keeper, this.settings.refreshAhead()), revocation, this.settings.refreshGrace(),
				this.listener, this.clock);
		TokenEndpoint token = new TokenEndpoint(authenticator,
				new CodeRedemption(codes, grants, revocation, resources(), responses),
				new RefreshRedemption(refreshTokens, grants, resources(), rotation, this.clock), this.listener,
				this.clock);
		return new TokenDesk(token,
				new RevocationEndpoint(authenticator, refreshTokens, bridgeTokens(WHILE_NOTHING_IS_OVER), grants,
						revocation, this.clock),
				new IntrospectionEndpoint(this.settings.introspector(), new TokenIntrospection(this.settings,
						refreshTokens, families, bridgeTokens(this.clock), grants, this.clock)),
				new TokenRefusals(this.listener));
	}

	private BridgeTokens bridgeTokens(InstantSource clock) {
		return new OwnBridgeTokens(this.keys, this.settings.issuer(),
				Set.copyOf(this.settings.resources().identifiers()), clock);
	}

	private ResourceRule resources() {
		return new ResourceRule(this.settings.resources());
	}

}
