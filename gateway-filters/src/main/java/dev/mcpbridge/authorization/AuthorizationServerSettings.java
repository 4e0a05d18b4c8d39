package dev.mcpbridge.authorization;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.mcpbridge.oauth.ProtectedResources;
import dev.mcpbridge.oauth.PublicUrl;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two front desks.
 *
 * @param resources the MCP endpoints tokens are issued for
 * @param scopes what can be asked for, {@code offline_access} always among them; empty
 * for what the upstream says
 * @param consent when the person is asked
 * @param rememberFor how long a remembered consent stands
 * @param loginLifetime how long a person may take to log in
 * @param codeLifetime how long a client may take to redeem its code
 * @param refreshLifetime how long a login lasts that is not used
 * @param refreshGrace how long a replaced refresh token gets the same answer again, 0 or
 * more
 * @param refreshAhead how long before its end an upstream token is renewed
 * @param copies whether refresh tokens hold a copy of their grant, so that a store that
 * lost it gets it back; without, only the store is believed
 * @param introspector who may ask what a token is worth, or {@code null} for nobody
 */
public record AuthorizationServerSettings(ProtectedResources resources, List<String> scopes, Consent consent,
		Duration rememberFor, Duration loginLifetime, Duration codeLifetime, Duration refreshLifetime,
		Duration refreshGrace, Duration refreshAhead, boolean copies, @Nullable Introspector introspector) {

	/** Where the upstream sends the person back to: what an admin allow-lists. */
	public static final String CALLBACK_PATH = "/oauth/callback";

	/** The scope that asks for refresh tokens. */
	public static final String OFFLINE_ACCESS = "offline_access";

	public AuthorizationServerSettings {
		scopes = withOfflineAccess(scopes);
		requirePositive("authorization-server.remember-for", rememberFor);
		requirePositive("authorization-server.login-lifetime", loginLifetime);
		requirePositive("authorization-server.code-lifetime", codeLifetime);
		requirePositive("token.refresh-lifetime", refreshLifetime);
		if (refreshGrace.isNegative()) {
			throw new IllegalArgumentException(
					"mcp.bridge.token.refresh-grace: %s (expected: 0 or more, such as 2h)".formatted(refreshGrace));
		}
	}

	PublicUrl publicUrl() {
		return this.resources.publicUrl();
	}

	String issuer() {
		return publicUrl().issuer();
	}

	private static List<String> withOfflineAccess(List<String> scopes) {
		boolean added = !scopes.isEmpty() && !scopes.contains(OFFLINE_ACCESS);
		return added ? Stream.concat(scopes.stream(), Stream.of(OFFLINE_ACCESS)).toList() : List.copyOf(scopes);
	}

	private static void requirePositive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException(
					"mcp.bridge.%s: %s (expected: a positive duration)".formatted(name, value));
		}
	}

	/** When the person is asked whether a client may act for them. */
	public enum Consent {

		/** Once for each client and browser, if the person says so. */
		REMEMBER,

		/** At every login. */
		ALWAYS,

		/** Not by us; the upstream's own page must do. */
		NEVER

	}

}
