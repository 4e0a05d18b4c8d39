package dev.mcpbridge.translation.sseupstream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Where a stream of a session is: what an event id says, so that any replica can go on
 * with the stream that was cut.
 *
 * @param position the place in the channel of the session
 * @param awaited what the stream of a POST still has to tell; {@code null} for the stream
 * that listens at the session
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#resumability-and-redelivery">MCP
 * 2025-11-25, resumability and redelivery</a>
 */
record Cursor(String position, @Nullable Awaited awaited) {

	/** A longer one would not fit into a header everywhere. */
	private static final int LONGEST = 2048;

	private static final String SEPARATOR = ":";

	private static final int SUM_BYTES = 9;

	private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

	/**
	 * Writes it as the id of an event.
	 * @param session the session the event is of
	 * @return the id, or empty if it would be too long
	 */
	Optional<String> id(String session) {
		String stream = (this.awaited != null)
				? ENCODER.encodeToString(this.awaited.text().getBytes(StandardCharsets.UTF_8)) : "";
		String place = this.position + SEPARATOR + stream;
		return Optional.of(place + SEPARATOR + sum(session, place)).filter((id) -> id.length() <= LONGEST);
	}

	/**
	 * Reads what a client got as the id of an event.
	 * @param id the id
	 * @param session the session it is to be of
	 * @return the place, or empty if it is none of this session
	 */
	static Optional<Cursor> parse(String id, String session) {
		String[] parts = id.split(SEPARATOR, -1);
		if (parts.length != 3 || !sum(session, parts[0] + SEPARATOR + parts[1]).equals(parts[2])) {
			return Optional.empty();
		}
		try {
			String stream = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
			return Optional.of(new Cursor(parts[0], stream.isEmpty() ? null : Awaited.parse(stream)));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/** Tells ids of other sessions apart; it protects nothing its owner could not do. */
	private static String sum(String session, String place) {
		try {
			MessageDigest sha = MessageDigest.getInstance("SHA-256");
			byte[] sum = sha.digest((session + SEPARATOR + place).getBytes(StandardCharsets.UTF_8));
			return ENCODER.encodeToString(sum).substring(0, SUM_BYTES);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
