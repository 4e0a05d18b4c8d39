package dev.mcpbridge.authorization;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The refresh tokens of one grant: which is the newest, when the last ones before it were
 * replaced, and what was given with the newest.
 *
 * @param newest the number of the newest token, from 1
 * @param knownFrom the oldest number this family remembers anything of; later than 1
 * where the store has lost what was before
 * @param replacedAt when the tokens before the newest were replaced, the last one first,
 * in milliseconds since 1970; what the grace no longer asks for is left out
 * @param answer what was given with the newest token
 */
record TokenFamily(@JsonProperty("n") long newest, @JsonProperty("k") long knownFrom,
		@JsonProperty("t") List<Long> replacedAt, @JsonProperty("a") TokenResponse answer) {

	/** A client that refreshes more often in one grace gets its old tokens refused. */
	static final int MAX_REMEMBERED = 32;

	/**
	 * What a token is worth is judged by when it was presented. Others may be replaced
	 * before the judgement, at replicas whose clocks differ by a little.
	 */
	private static final Duration MEANWHILE = Duration.ofMinutes(1);

	TokenFamily {
		replacedAt = List.copyOf(replacedAt);
		if (newest < 1 || answer.refreshToken() == null) {
			throw new IllegalArgumentException("family: newest=%d (expected: a token)".formatted(newest));
		}
	}

	/** A family of one token. */
	static TokenFamily begun(TokenResponse answer) {
		return new TokenFamily(1, 1, List.of(), answer);
	}

	/** A family that goes on after the store has lost it. */
	static TokenFamily after(long replaced, TokenResponse next, Instant now) {
		return new TokenFamily(replaced + 1, replaced, List.of(now.toEpochMilli()), next);
	}

	/**
	 * Tells what a token of this family is worth.
	 * @param number its number
	 * @param presented when the client presented it: what was replaced later, replaced
	 * nothing it could know of
	 * @param grace how long a replaced token is good for the same answer
	 * @return its place
	 */
	Place placeOf(long number, Instant presented, Duration grace) {
		if (number >= this.newest) {
			return Place.NEWEST;
		}
		Instant earliest = presented.minus(grace);
		long before = this.newest - 1 - number;
		if (before < this.replacedAt.size()) {
			return isSince(earliest, this.replacedAt.get((int) before)) ? Place.REPLACED : Place.REPLAYED;
		}
		boolean overflown = this.replacedAt.size() == MAX_REMEMBERED
				&& isSince(earliest, this.replacedAt.get(MAX_REMEMBERED - 1));
		return (number < this.knownFrom || overflown) ? Place.FORGOTTEN : Place.REPLAYED;
	}

	/**
	 * Replaces the newest token.
	 * @param replaced the number of the token that was presented; a later one than the
	 * store knows of is believed
	 * @param next what is given for it
	 * @param now when that is
	 * @param grace how long replaced tokens have to be remembered
	 * @return the family afterwards
	 */
	TokenFamily replaced(long replaced, TokenResponse next, Instant now, Duration grace) {
		if (replaced > this.newest) {
			return after(replaced, next, now);
		}
		Instant earliest = now.minus(grace).minus(MEANWHILE);
		Stream<Long> earlier = this.replacedAt.stream().filter((time) -> isSince(earliest, time));
		List<Long> times = Stream.concat(Stream.of(now.toEpochMilli()), earlier).limit(MAX_REMEMBERED).toList();
		return new TokenFamily(replaced + 1, this.knownFrom, times, next);
	}

	/** The same tokens, with another bridge token beside the newest. */
	TokenFamily answering(TokenResponse renewed) {
		return new TokenFamily(this.newest, this.knownFrom, this.replacedAt, renewed);
	}

	private static boolean isSince(Instant earliest, long time) {
		return time >= earliest.toEpochMilli();
	}

	/** What a token is worth. */
	enum Place {

		/** It is the newest: it is replaced, and gets new tokens. */
		NEWEST,

		/** It was replaced within the grace: it gets the same answer again. */
		REPLACED,

		/** It was replaced before: somebody kept it who should not have it. */
		REPLAYED,

		/** It was replaced, nobody knows when: it is refused. */
		FORGOTTEN

	}

}
