package dev.mcpbridge.translation.sseclients;

import java.time.Duration;

import dev.mcpbridge.translation.UpstreamSide;
import reactor.core.publisher.Mono;

/**
 * Ends a session at the upstream that nobody uses any more.
 */
final class Farewell {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private Farewell() {
	}

	/**
	 * Says it once; the upstream forgets in its own time what does not arrive.
	 * @param side where the upstream is
	 * @param session the session
	 * @return when it was said, or in vain
	 */
	static Mono<Void> say(UpstreamSide side, StreamableSession session) {
		return (session.id() == null) ? Mono.empty()
				: side.sendLater(StreamableRequests.end(session), (answer) -> Mono.<Void>empty())
					.timeout(PATIENCE)
					.onErrorComplete();
	}

}
