package dev.mcpbridge.refresh;

import java.time.Duration;

import dev.mcpbridge.secret.Fingerprint;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.upstream.TokenAnswer;
import dev.mcpbridge.upstream.TokenRefresher;
import dev.mcpbridge.upstream.UpstreamClient;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

/**
 * The upstream clients that the upstream no longer knows, so that no login uses one that
 * several grants share: the person would end on the upstream's error page, and we would
 * not hear of it.
 * <p>
 * They are noted where the news arrives, whoever asked for the refresh.
 */
public final class LostClients {

	private static final Log log = LogFactory.getLog(LostClients.class);

	/** A client is shared for a week at most. */
	private static final Duration LIFETIME = Duration.ofDays(8);

	private final BridgeStore store;

	/**
	 * Keeps the notes.
	 * @param store where
	 */
	public LostClients(BridgeStore store) {
		this.store = store;
	}

	/**
	 * Tells whether a client was lost.
	 * @param client the client
	 * @return whether the upstream said that it does not know it
	 */
	public Mono<Boolean> contain(UpstreamClient client) {
		return this.store.find(key(client)).hasElement();
	}

	/**
	 * Watches what the upstream says of clients. The note is there before the answer.
	 * @param plain who redeems refresh tokens
	 * @return the same, watched
	 */
	public TokenRefresher watching(TokenRefresher plain) {
		return new Watched(plain, this);
	}

	/** What cannot be noted costs a login page, and must not cost the answer. */
	private Mono<Void> note(UpstreamClient client, TokenAnswer answer) {
		boolean lost = answer instanceof TokenAnswer.Refused refused && refused.clientUnknown();
		return lost ? this.store.put(key(client), "", LIFETIME).onErrorResume((failure) -> {
			log.warn("lost upstream client cannot be noted reason=" + failure.getClass().getSimpleName());
			return Mono.empty();
		}) : Mono.empty();
	}

	private static String key(UpstreamClient client) {
		return "lost-client:" + Fingerprint.of(client.issuer(), client.clientId());
	}

	private record Watched(TokenRefresher plain, LostClients clients) implements TokenRefresher {

		@Override
		public Mono<TokenAnswer> refresh(UpstreamClient client, Secret refreshToken) {
			return this.plain.refresh(client, refreshToken).delayUntil((answer) -> this.clients.note(client, answer));
		}

		@Override
		public Duration deadline() {
			return this.plain.deadline();
		}

		@Override
		public boolean isSuspended() {
			return this.plain.isSuspended();
		}

	}

}
