package dev.mcpbridge.simulator.mcp;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import dev.mcpbridge.simulator.wire.Json;

/**
 * One small Atlassian site in memory: a Jira project or two, a Confluence space or two.
 */
final class Workplace {

	private final ObjectNode data = Json.resource(Workplace.class, "workplace.json");

	private final AtomicInteger ids = new AtomicInteger(20000);

	ArrayNode all(String collection) {
		return (ArrayNode) this.data.path(collection);
	}

	Stream<ObjectNode> stream(String collection) {
		return all(collection).valueStream().map(ObjectNode.class::cast);
	}

	ArrayNode select(String collection, Predicate<ObjectNode> wanted) {
		return Json.array().addAll(stream(collection).filter(wanted).toList());
	}

	Optional<ObjectNode> find(String collection, String field, String value) {
		return stream(collection).filter((entry) -> entry.path(field).asString("").equals(value)).findFirst();
	}

	ObjectNode get(String collection, String field, String value, String complaint) {
		return find(collection, field, value).orElseThrow(() -> new ToolFailure(complaint));
	}

	ObjectNode add(String collection) {
		return all(collection).addObject().put("id", nextId());
	}

	String nextId() {
		return String.valueOf(this.ids.incrementAndGet());
	}

	JsonNode site() {
		return this.data.path("site");
	}

	/**
	 * Describes a person; whoever is not on file gets a name made of the id.
	 */
	ObjectNode person(String accountId) {
		return find("people", "accountId", accountId).orElseGet(() -> Json.object()
			.put("accountId", accountId)
			.put("displayName", "Person " + accountId.substring(0, Math.min(4, accountId.length())))
			.put("emailAddress", accountId + "@example.com"));
	}

}
