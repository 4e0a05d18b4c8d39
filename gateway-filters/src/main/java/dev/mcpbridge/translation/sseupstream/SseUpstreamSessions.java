package dev.mcpbridge.translation.sseupstream;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import dev.mcpbridge.message.JsonRpcBody;
import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.translation.Flights;
import dev.mcpbridge.translation.TranslationLimits;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.TranslationListener.Refused;
import dev.mcpbridge.translation.Transport;
import reactor.core.publisher.Mono;

/**
 * The sessions of streamable clients at upstreams of HTTP+SSE: those of all replicas can
 * be found, those of this process are counted.
 */
final class SseUpstreamSessions {

	private static final int ID_BYTES = 16;

	private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

	private final AtomicInteger held = new AtomicInteger();

	private final Relay relay;

	private final Flights flights;

	private final TranslationLimits limits;

	private final SecureRandom random;

	private final TranslationListener listener;

	SseUpstreamSessions(Relay relay, Flights flights, TranslationLimits limits, SecureRandom random,
			TranslationListener listener) {
		this.relay = relay;
		this.flights = flights;
		this.limits = limits;
		this.random = random;
		this.listener = listener;
	}

	/** Makes a session that this process is going to hold. */
	HeldSession begin() {
		return new HeldSession(new SessionChannel(this.relay, newName()), this.limits, this.listener);
	}

	/**
	 * Opens the upstream's stream for a session.
	 * @param session the session
	 * @param client who begins it
	 * @param initialize what the client has posted
	 * @param patience how long the upstream may take to begin once more, if it is cut
	 * @return what comes of it; fails if this process holds as many as it may
	 */
	Mono<Opening> open(HeldSession session, Conversation client, JsonRpcBody initialize, Duration patience) {
		return Mono.defer(() -> {
			if (this.held.incrementAndGet() > this.limits.maxSessions()) {
				this.held.decrementAndGet();
				this.listener.refused(Transport.SSE, Refused.TOO_MANY);
				return Mono.error(Refusals.tooMany("Too many sessions"));
			}
			return session.open(this.flights, client, new HeldSession.First(initialize, patience, this.random),
					this.held::decrementAndGet);
		});
	}

	/**
	 * Finds the session a client names, whoever holds it.
	 * @return its channel and note; fails if none is named, or it is not there
	 */
	Mono<OpenSession> find(Conversation client) {
		String id = client.session().orElse("");
		if (id.isEmpty()) {
			this.listener.refused(Transport.SSE, Refused.NO_SESSION);
			return Mono.error(Refusals.noSession());
		}
		SessionChannel channel = new SessionChannel(this.relay, id);
		return Mono.just(id)
			.filter((named) -> ID.matcher(named).matches())
			.flatMap((named) -> channel.note())
			.filter((note) -> note.upstream().equals(client.route()))
			.map((note) -> new OpenSession(channel, note))
			.switchIfEmpty(Mono.error(() -> {
				this.listener.refused(Transport.SSE, Refused.UNKNOWN_SESSION);
				return Refusals.unknownSession();
			}));
	}

	/** Makes a name nobody has or can guess. */
	String newName() {
		byte[] bytes = new byte[ID_BYTES];
		this.random.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	/**
	 * A session that is open.
	 *
	 * @param channel its channel
	 * @param note what is known of it
	 */
	record OpenSession(SessionChannel channel, SessionNote note) {

	}

}
