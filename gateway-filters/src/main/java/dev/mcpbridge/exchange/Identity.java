package dev.mcpbridge.exchange;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * Who asks, as the verified token of the request says it.
 * <p>
 * It is for decisions, and for records that are made of them on purpose. It is found in
 * no log, metric or answer as it is: its text form names nobody.
 *
 * @param subject the person, or their pseudonym; empty if the token names nobody
 * @param clientId the client the token was issued to, or {@code null} if it does not say
 * @param grantId the login behind the token, or {@code null} for a token of another
 * bridge
 * @param scopes what the token allows
 * @param groups what the token says the person belongs to; empty for tokens of ours
 */
public record Identity(String subject, @Nullable String clientId, @Nullable String grantId, Set<String> scopes,
		Set<String> groups) {

	/** Whoever asks at a route that opens no tokens. */
	public static final Identity NOBODY = new Identity("", null, null, Set.of(), Set.of());

	private static final String ATTRIBUTE = Identity.class.getName();

	public Identity {
		scopes = Set.copyOf(scopes);
		groups = Set.copyOf(groups);
	}

	/**
	 * Makes an identity of what a token says.
	 * @param subject the person
	 * @param clientId the client
	 * @param grantId the login
	 * @param scope what is allowed, separated by spaces
	 * @param groups what the person belongs to
	 * @return the identity
	 */
	public static Identity of(String subject, @Nullable String clientId, @Nullable String grantId, String scope,
			List<String> groups) {
		Set<String> scopes = Set.copyOf(Arrays.stream(scope.split(" ")).filter((word) -> !word.isEmpty()).toList());
		return new Identity(subject, clientId, grantId, scopes, Set.copyOf(groups));
	}

	/**
	 * Remembers who asks for the filters further in.
	 * @param exchange the exchange
	 */
	public void enter(ServerWebExchange exchange) {
		exchange.getAttributes().put(ATTRIBUTE, this);
	}

	/**
	 * Finds who asks.
	 * @param exchange the exchange
	 * @return who a filter further out says it is; else {@link #NOBODY}
	 */
	public static Identity of(ServerWebExchange exchange) {
		return exchange.getAttributeOrDefault(ATTRIBUTE, NOBODY);
	}

	@Override
	public String toString() {
		return "Identity[***]";
	}

}
