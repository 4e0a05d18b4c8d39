package dev.mcpbridge.app.probe.lifecycle;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.mcpbridge.app.probe.contract.Finding;
import dev.mcpbridge.app.probe.token.Lifetimes;
import dev.mcpbridge.app.probe.token.TokenShape;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.TokenAnswer;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes, and looks at what came: what is new is compared with what was before, not
 * with the contract, so that one change shows in one row.
 */
final class Refreshing {

	private Refreshing() {
	}

	static @Nullable String obstacle(Experiment experiment) {
		String missing = experiment.tokenObstacle();
		return (missing != null) ? missing : experiment.refreshObstacle();
	}

	static @Nullable String refreshedObstacle(Experiment experiment) {
		return experiment.isRefreshed() ? null : "there was no refresh";
	}

	static @Nullable String usedObstacle(Experiment experiment) {
		String missing = refreshedObstacle(experiment);
		return (missing == null && experiment.spent() == null) ? "the refresh token was not replaced" : missing;
	}

	static Finding refresh(Experiment experiment) {
		return send(experiment, experiment.refreshToken());
	}

	static Finding rotation(Experiment experiment) {
		Secret before = experiment.first().refreshToken();
		Map<String, String> facts = new LinkedHashMap<>();
		facts.put("refresh-token", (experiment.spent() != null) ? "new" : "not replaced");
		if (before != null && experiment.spent() != null) {
			facts.put("shape", comparedShape(before, experiment.refreshToken()));
			String kept = TokenShape.partsKept(before, experiment.refreshToken());
			if (kept != null) {
				facts.put("parts-kept", kept);
			}
		}
		return new Finding.Seen(facts, null);
	}

	/** What it gets is taken for the newest: here, as captured, the last answer wins. */
	static Finding used(Experiment experiment) {
		Secret given = experiment.refreshToken();
		Secret used = experiment.spent();
		TokenAnswer answer = Answers
			.of(experiment.upstream().tokenEndpoint().refresh(experiment.client(), (used != null) ? used : given));
		if (answer instanceof TokenAnswer.Unavailable) {
			return new Finding.Failed(Answers.reason(answer));
		}
		Map<String, String> facts = new LinkedHashMap<>();
		facts.put("answer", Answers.text(answer));
		if (answer instanceof TokenAnswer.Issued issued) {
			Secret got = issued.tokens().refreshToken();
			facts.put("refresh-token",
					(got == null) ? "none" : got.equals(given) ? "the one given before" : "another one");
			experiment.got(issued.tokens(), used);
		}
		return new Finding.Seen(facts, Answers.reason(answer).isEmpty() ? null : Answers.reason(answer));
	}

	private static Finding send(Experiment experiment, Secret refreshToken) {
		UpstreamTokens before = experiment.tokens();
		TokenAnswer answer = Answers
			.of(experiment.upstream().tokenEndpoint().refresh(experiment.client(), refreshToken));
		if (answer instanceof TokenAnswer.Unavailable) {
			return new Finding.Failed(Answers.reason(answer));
		}
		Map<String, String> facts = new LinkedHashMap<>();
		facts.put("answer", Answers.text(answer));
		if (answer instanceof TokenAnswer.Issued issued) {
			experiment.got(issued.tokens(), refreshToken);
			compare(before, issued.tokens(), facts);
		}
		return new Finding.Seen(facts, Answers.reason(answer).isEmpty() ? null : Answers.reason(answer));
	}

	private static void compare(UpstreamTokens before, UpstreamTokens tokens, Map<String, String> facts) {
		Secret old = before.accessToken();
		facts.put("access-token", tokens.accessToken().equals(old) ? "the same" : "new");
		facts.put("shape", comparedShape(old, tokens.accessToken()));
		String kept = TokenShape.partsKept(old, tokens.accessToken());
		if (kept != null) {
			facts.put("parts-kept", kept);
		}
		facts.put("expires_in", Lifetimes.comparedWith(before, tokens));
		boolean scopeKept = tokens.scope().isEmpty() || tokens.scope().equals(before.scope());
		facts.put("scope", scopeKept ? "as before" : String.join(" ", tokens.scope()));
	}

	private static String comparedShape(Secret before, Secret now) {
		TokenShape shape = TokenShape.of(now);
		return shape.equals(TokenShape.of(before)) ? "as before" : shape.text();
	}

}
