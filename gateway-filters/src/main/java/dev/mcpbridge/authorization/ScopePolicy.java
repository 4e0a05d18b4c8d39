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
 * for nothing, gets all of them. {@code offline_access} is always added, since without it
 * the login would end with the first upstream token.
 *
 * @param supported the scopes there are; empty to pass on what is asked
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749, section
 * 3.3</a>
 */
record ScopePolicy(List<String> supported) {

	String choose(@Nullable Scope requested) {
		Set<String> chosen = new LinkedHashSet<>((requested != null) ? requested.toStringList() : List.of());
		if (!this.supported.isEmpty()) {
			chosen.retainAll(this.supported);
		}
		boolean nothingAsked = chosen.stream().allMatch(AuthorizationServerSettings.OFFLINE_ACCESS::equals);
		if (nothingAsked) {
			chosen.addAll(this.supported);
		}
		chosen.add(AuthorizationServerSettings.OFFLINE_ACCESS);
		return String.join(" ", chosen);
	}

}
