package dev.mcpbridge.app.probe.lifecycle;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.mcpbridge.app.probe.contract.Finding;
import dev.mcpbridge.app.probe.mcp.Reply;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.RevocationAnswer;
import dev.mcpbridge.upstream.UpstreamRevocation;
import org.jspecify.annotations.Nullable;

/**
 * The ends of tokens: by time, and by being given back.
 */
final class Ending {

	private Ending() {
	}

	static @Nullable String obstacle(Experiment experiment) {
		if (experiment.callObstacle() != null) {
			return experiment.callObstacle();
		}
		if (!experiment.equipment().waiting().wanted()) {
			return "not asked for (--wait or --lifetime)";
		}
		return (experiment.end() == null) ? "expires_in was not said (expected: --lifetime)" : null;
	}

	static @Nullable String afterObstacle(Experiment experiment) {
		String missing = obstacle(experiment);
		return (missing != null) ? missing : experiment.refreshObstacle();
	}

	static @Nullable String callAfterObstacle(Experiment experiment) {
		String missing = obstacle(experiment);
		return (missing != null) ? missing : Calls.refreshedObstacle(experiment);
	}

	static Finding expired(Experiment experiment) {
		Instant end = Objects.requireNonNull(experiment.end());
		experiment.equipment().pause().until(end);
		return Calls.refusal(experiment, Calls.call(experiment, experiment.tokens().accessToken()));
	}

	static Finding revoke(Experiment experiment) {
		UpstreamRevocation revocation = experiment.upstream().revocation();
		Secret refreshToken = experiment.tokens().refreshToken();
		Secret accessToken = experiment.tokens().accessToken();
		RevocationAnswer answer = Answers
			.of((refreshToken != null) ? revocation.refreshToken(experiment.client(), refreshToken)
					: revocation.accessToken(experiment.client(), accessToken));
		if (answer instanceof RevocationAnswer.Unavailable unavailable) {
			return new Finding.Failed("the revocation endpoint: " + unavailable.outage());
		}
		Map<String, String> facts = new LinkedHashMap<>();
		facts.put("answer", text(answer));
		if (answer instanceof RevocationAnswer.Accepted && experiment.callObstacle() == null) {
			Reply reply = Calls.call(experiment, accessToken);
			facts.put("access-token", (reply instanceof Reply.Result) ? "still accepted" : Calls.answer(reply));
		}
		return new Finding.Seen(facts, null);
	}

	private static String text(RevocationAnswer answer) {
		if (answer instanceof RevocationAnswer.Refused refused) {
			return "refused with %d %s".formatted(refused.status(), refused.code());
		}
		return (answer instanceof RevocationAnswer.Accepted) ? "accepted" : "not offered";
	}

}
