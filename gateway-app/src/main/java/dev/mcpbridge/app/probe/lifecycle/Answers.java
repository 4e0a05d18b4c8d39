package dev.mcpbridge.app.probe.lifecycle;

import java.util.Objects;

import dev.mcpbridge.upstream.TokenAnswer;
import reactor.core.publisher.Mono;

/**
 * Answers of the authorization server, waited for.
 */
final class Answers {

	private Answers() {
	}

	static <T> T of(Mono<T> answer) {
		return Objects.requireNonNull(answer.block(Experiment.PATIENCE));
	}

	/** Says in a word how a token request ended. */
	static String text(TokenAnswer answer) {
		if (answer instanceof TokenAnswer.Refused refused) {
			return "refused with %d %s".formatted(refused.status(), refused.code());
		}
		return (answer instanceof TokenAnswer.Issued) ? "issued" : "none";
	}

	/** Says what the server said to a refusal, or why there was none. */
	static String reason(TokenAnswer answer) {
		if (answer instanceof TokenAnswer.Unavailable unavailable) {
			return "the token endpoint: " + unavailable.outage();
		}
		return (answer instanceof TokenAnswer.Refused refused && refused.description() != null)
				? "the server says: " + refused.description() : "";
	}

}
