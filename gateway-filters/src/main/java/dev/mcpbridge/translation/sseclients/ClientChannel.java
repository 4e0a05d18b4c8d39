package dev.mcpbridge.translation.sseclients;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.relay.RelayEntry;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The channel in which all replicas leave what one client of HTTP+SSE is to get, and
 * which is open as long as the client listens.
 *
 * @param relay where it is
 * @param session the id of the session, which the client was given
 */
record ClientChannel(Relay relay, String session) {

	/** The relay has channels of the other direction too. */
	private static final String PREFIX = "sse-client:";

	private static final String MESSAGE = "message";

	private static final String INITIALIZED = "initialized";

	private static final int ID_BYTES = 16;

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{22}");

	/** A channel nobody can guess. */
	static ClientChannel create(Relay relay, SecureRandom random) {
		byte[] id = new byte[ID_BYTES];
		random.nextBytes(id);
		return new ClientChannel(relay, Base64.getUrlEncoder().withoutPadding().encodeToString(id));
	}

	/** The channel of a session a client has named, if that may be one. */
	static Optional<ClientChannel> of(Relay relay, String session) {
		return ID.matcher(session).matches() ? Optional.of(new ClientChannel(relay, session)) : Optional.empty();
	}

	Mono<Void> open() {
		return this.relay.open(name(), StreamableSession.NONE.note());
	}

	Mono<Boolean> keep() {
		return this.relay.keep(name());
	}

	/** Reads what is known of the session; empty if the client is gone. */
	Mono<StreamableSession> known() {
		return this.relay.note(name()).map(StreamableSession::parse);
	}

	/**
	 * Tells all replicas about the session.
	 * @return whether the client is still there
	 */
	Mono<Boolean> know(StreamableSession session) {
		return this.relay.note(name(), session.note());
	}

	/**
	 * Leaves a message for the client.
	 * @return whether the client is still there; an {@link IllegalArgumentException} if
	 * the message is too large
	 */
	Mono<Boolean> leave(String message) {
		return this.relay.append(name(), MESSAGE, message).hasElement();
	}

	/** Tells whoever holds the client's stream that the session has begun. */
	Mono<Void> initialized() {
		return this.relay.append(name(), INITIALIZED, "").then();
	}

	/**
	 * Tells everybody of a session that has begun without the client. Several replicas
	 * may at once; the first in the channel is the one.
	 * @param session the session
	 * @return the one; empty if the client is gone
	 */
	Mono<StreamableSession> begin(StreamableSession session) {
		return know(session).filter((there) -> there)
			.flatMap((there) -> this.relay.append(name(), INITIALIZED, session.note()))
			.flatMap((position) -> follow().filter(ClientChannel::isBegun).next())
			.map((first) -> StreamableSession.parse(first.content()))
			.delayUntil(this::know);
	}

	private static boolean isBegun(RelayEntry entry) {
		return isInitialized(entry) && !entry.content().isEmpty();
	}

	static boolean isInitialized(RelayEntry entry) {
		return entry.topic().equals(INITIALIZED);
	}

	/** Reads all there is. */
	Flux<RelayEntry> follow() {
		return this.relay.follow(name(), null);
	}

	/** Ends when the client is gone, or nobody can tell any more. */
	Mono<Void> ended() {
		return this.relay.end(name()).flatMapMany((last) -> this.relay.follow(name(), last)).then().onErrorComplete();
	}

	Mono<Void> close() {
		return this.relay.close(name());
	}

	private String name() {
		return PREFIX + this.session;
	}

	@Override
	public String toString() {
		return "ClientChannel[***]";
	}

}
