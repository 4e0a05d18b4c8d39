package dev.mcpbridge.app.probe.lifecycle;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.mcpbridge.app.probe.contract.Finding;
import dev.mcpbridge.app.probe.mcp.Reply;
import dev.mcpbridge.app.probe.mcp.Visit;
import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls of the tool, each in a session of its own: an idle session of an hour would say
 * more about what is in between than about the token.
 */
final class Calls {

	/** What there is to know of a token that is accepted at the second try. */
	static final String LATE = "refused at first, and accepted a moment later";

	private Calls() {
	}

	static @Nullable String refreshedObstacle(Experiment experiment) {
		String missing = experiment.callObstacle();
		return (missing != null) ? missing : Refreshing.refreshedObstacle(experiment);
	}

	static Finding withNewest(Experiment experiment) {
		return callWithFresh(experiment, experiment.tokens().accessToken());
	}

	static Finding withFirst(Experiment experiment) {
		Reply reply = call(experiment, experiment.first().accessToken());
		return finding(reply, null);
	}

	/** Calls the tool. */
	static Reply call(Experiment experiment, Secret token) {
		Equipment equipment = experiment.equipment();
		try (Visit visit = equipment.mcp().visit(token)) {
			return (visit.opening() instanceof Reply.Result) ? visit.ask("tools/call",
					JsonMapper.shared()
						.createObjectNode()
						.put("name", equipment.terms().tool())
						.set("arguments", arguments(equipment)))
					: visit.opening();
		}
	}

	private static Finding callWithFresh(Experiment experiment, Secret token) {
		Reply reply = call(experiment, token);
		if (!isRefusedToken(reply)) {
			return finding(reply, null);
		}
		experiment.equipment().aMoment();
		Reply second = call(experiment, token);
		return finding(second, (second instanceof Reply.Result) ? LATE : null);
	}

	/** One that was just issued may not be known everywhere yet. */
	static boolean isRefusedToken(Reply reply) {
		return reply instanceof Reply.Refusal refusal && refusal.status() == 401;
	}

	private static Finding finding(Reply reply, @Nullable String note) {
		if (reply instanceof Reply.Silence silence) {
			return new Finding.Failed(silence.reason());
		}
		return new Finding.Seen(Map.of("answer", answer(reply)), note);
	}

	/** Says how a request was refused, so that it can be compared word by word. */
	static Finding refusal(Experiment experiment, Reply reply) {
		if (reply instanceof Reply.Silence silence) {
			return new Finding.Failed(silence.reason());
		}
		Map<String, String> facts = new LinkedHashMap<>();
		if (!(reply instanceof Reply.Refusal refusal)) {
			facts.put("status", "200");
			return new Finding.Seen(facts, "the request was accepted");
		}
		String challenge = refusal.challenge();
		facts.put("status", String.valueOf(refusal.status()));
		facts.put("challenge", (challenge != null) ? experiment.equipment().relative(challenge) : "none");
		facts.put("content-type", refusal.contentType().isEmpty() ? "none" : refusal.contentType());
		facts.put("error", refusal.said("error"));
		facts.put("error_description", refusal.said("error_description"));
		return new Finding.Seen(facts, null);
	}

	static String answer(Reply reply) {
		if (reply instanceof Reply.Result result) {
			return result.isToolError() ? "tool error" : "ok";
		}
		if (reply instanceof Reply.Failure failure) {
			return "JSON-RPC error " + failure.code();
		}
		if (reply instanceof Reply.Refusal refusal) {
			return "refused with " + refusal.status();
		}
		return "none";
	}

	private static ObjectNode arguments(Equipment equipment) {
		return (ObjectNode) JsonMapper.shared().readTree(equipment.terms().arguments());
	}

}
