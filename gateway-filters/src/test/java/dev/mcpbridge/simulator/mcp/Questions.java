package dev.mcpbridge.simulator.mcp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the server asks of its clients, and what they answer.
 */
final class Questions {

	private final AtomicInteger asked = new AtomicInteger();

	private final List<JsonNode> answers = new CopyOnWriteArrayList<>();

	ObjectNode ask(String method, ObjectNode params) {
		return Rpc.request("server-" + this.asked.incrementAndGet(), method, params);
	}

	void heard(JsonNode answer) {
		this.answers.add(answer);
	}

	List<JsonNode> answers() {
		return List.copyOf(this.answers);
	}

}
