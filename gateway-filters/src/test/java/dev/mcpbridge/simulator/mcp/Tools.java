package dev.mcpbridge.simulator.mcp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import dev.mcpbridge.simulator.wire.Json;

/**
 * The tools: the 24 captured ones are listed, the simulator's own only on request, all
 * can be called.
 */
final class Tools {

	private final Map<String, Function<Invocation, JsonNode>> handlers = new HashMap<>();

	private final List<JsonNode> listed;

	private final List<JsonNode> all;

	private final int pageSize;

	private final @Nullable Publisher<?> pace;

	Tools(McpSettings settings) {
		Workplace workplace = new Workplace();
		this.handlers.putAll(new AccountTools(workplace).all());
		this.handlers.putAll(new JiraTools(workplace).all());
		this.handlers.putAll(new ConfluenceTools(workplace).all());
		ObjectNode catalog = Json.resource(Tools.class, "tools.json");
		List<JsonNode> atlassian = catalog.path("atlassian").valueStream().toList();
		this.all = Stream.concat(atlassian.stream(), catalog.path("simulator").valueStream()).toList();
		this.listed = settings.listsSimulatorTools() ? this.all : atlassian;
		this.pageSize = settings.pageSize();
		this.pace = settings.pace();
	}

	ObjectNode page(String cursor) {
		int from = cursor.matches("\\d{1,4}") ? Math.min(Integer.parseInt(cursor), this.listed.size()) : 0;
		int to = Math.min(from + this.pageSize, this.listed.size());
		ObjectNode page = Json.object().set("tools", Json.array().addAll(this.listed.subList(from, to)));
		return (to < this.listed.size()) ? page.put("nextCursor", String.valueOf(to)) : page;
	}

	/** Changes what is said of a tool, from now on. */
	synchronized void change(String name, Consumer<ObjectNode> change) {
		this.all.stream()
			.filter((tool) -> tool.path("name").asString().equals(name))
			.forEach((tool) -> change.accept((ObjectNode) tool));
	}

	boolean reportsProgress(Invocation call) {
		return call.tool().equals(SimulatorTools.PROGRESS) && call.progressToken().isPresent();
	}

	Flux<ObjectNode> call(Invocation call) {
		Optional<JsonNode> definition = this.all.stream()
			.filter((tool) -> tool.path("name").asString().equals(call.tool()))
			.findFirst();
		if (definition.isEmpty()) {
			return Flux.just(call.refusal("Tool " + call.tool() + " not found"));
		}
		Optional<String> missing = definition.get()
			.path("inputSchema")
			.path("required")
			.valueStream()
			.map(JsonNode::asString)
			.filter((argument) -> !call.arguments().has(argument))
			.findFirst();
		if (missing.isPresent()) {
			return Flux.just(
					call.refusal("Invalid arguments for tool " + call.tool() + ": " + missing.get() + " is required"));
		}
		return switch (call.tool()) {
			case SimulatorTools.SLOW -> SimulatorTools.slow(call);
			case SimulatorTools.PROGRESS -> SimulatorTools.progress(call, this.pace);
			default -> Flux.just(answer(call));
		};
	}

	private synchronized ObjectNode answer(Invocation call) {
		try {
			return call.answer(this.handlers.getOrDefault(call.tool(), (unknown) -> Json.object()).apply(call));
		}
		catch (ToolFailure failure) {
			return call.failure(failure.reason());
		}
	}

}
