package dev.mcpbridge.upstream;

import java.time.Duration;
import java.util.List;

/**
 * Hears of every call of the upstream's authorization server. Nothing it is told names a
 * grant, a token, a client or a person.
 */
public interface UpstreamListener {

	/** Hears nothing. */
	UpstreamListener NONE = new UpstreamListener() {
	};

	/**
	 * Makes one listener of several.
	 * @param listeners who hears, in this order
	 * @return the one that tells them all
	 */
	static UpstreamListener all(List<? extends UpstreamListener> listeners) {
		return new UpstreamListeners(List.copyOf(listeners));
	}

	/**
	 * A call has come to its end.
	 * @param operation what it was for
	 * @param outcome what came of it
	 * @param took how long it took
	 */
	default void called(Operation operation, Outcome outcome, Duration took) {
	}

	/** What a call is for. */
	enum Operation {

		/** To find out where the server is: all documents that takes. */
		DISCOVERY,

		/** To become its client. */
		REGISTRATION,

		/** To redeem the code of a login. */
		AUTHORIZATION_CODE,

		/** To redeem a refresh token; each attempt is a call. */
		REFRESH,

		/** To give a token back. */
		REVOCATION

	}

	/** What came of a call. */
	enum Outcome {

		/** What was asked for. */
		OK,

		/** An OAuth error. */
		REFUSED,

		/** No answer to rely on, or none in the time there was. */
		UNREACHABLE

	}

}
