package dev.mcpbridge.authorization;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.mcpbridge.grant.GrantListener;
import dev.mcpbridge.oauth.OAuthError;

/**
 * Remembers what listeners to tokens and to grants hear, as words.
 */
final class HeardTokens implements TokenEndpointListener, GrantListener {

	private final List<String> words = new CopyOnWriteArrayList<>();

	/** Returns what was heard since the last call. */
	List<String> take() {
		List<String> taken = List.copyOf(this.words);
		this.words.clear();
		return taken;
	}

	@Override
	public void issued(String grantType) {
		this.words.add("issued " + grantType);
	}

	@Override
	public void graceServed() {
		this.words.add("grace");
	}

	@Override
	public void familyRevoked() {
		this.words.add("family revoked");
	}

	@Override
	public void refused(OAuthError error, RefusalReason reason) {
		this.words.add("refused " + error.code() + " " + reason.word());
	}

	@Override
	public void loginNeeded(String reason) {
		this.words.add("login " + reason);
	}

	@Override
	public void revoked(RevokedBy by) {
		this.words.add("revoked " + by);
	}

}
