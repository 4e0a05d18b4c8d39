package dev.mcpbridge.authorization;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.nimbusds.oauth2.sdk.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what a client gets of what it asks for.
 * <p>
 * Scopes the upstream does not have are left out; a client that asks for none it has, or
 * for nothing, gets all of them. {@code offline_access} is added wherever the upstream
 * may have it, since without it the login would end with the first upstream token. Where
 * nothing is asked and nobody knows what there is, no scope is asked for at all: the
 * upstream then gives what it thinks right, and {@code offline_access} alone would be
 * worth nothing.
 *
 * @param supported the scopes there are; empty if nobody knows, to pass on what is asked
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749, section
 * 3.3</a>
 */
record ScopePolicy(List<String> supported) {

	/** Before anybody was asked what there is. */
	static final ScopePolicy UNKNOWN = new ScopePolicy(List.of());

	String choose(@Nullable Scope requested) {
		Set<String> chosen = new LinkedHashSet<>((requested != null) ? requested.toStringList() : List.of());
		if (!this.supported.isEmpty()) {
			chosen.retainAll(this.supported);
		}
		boolean nothingAsked = chosen.stream().allMatch(AuthorizationServerSettings.OFFLINE_ACCESS::equals);
		if (nothingAsked) {
			chosen.addAll(this.supported);
		}
		boolean askedBlindly = this.supported.isEmpty() && !chosen.isEmpty();
		if (askedBlindly || this.supported.contains(AuthorizationServerSettings.OFFLINE_ACCESS)) {
			chosen.add(AuthorizationServerSettings.OFFLINE_ACCESS);
		}
		return String.join(" ", chosen);
	}

}
