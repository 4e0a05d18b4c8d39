package dev.mcpbridge.simulator.mcp;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The two tools Atlassian does not have: one takes its time, one says how far it is.
 */
final class SimulatorTools {

	static final String SLOW = "simulatorSlow";

	static final String PROGRESS = "simulatorProgress";

	private SimulatorTools() {
	}

	static Flux<ObjectNode> slow(Invocation call) {
		Duration time = Duration.ofSeconds(call.number("seconds", 0)).plusMillis(call.number("millis", 0));
		return Mono.delay(time)
			.map((tick) -> call.answer(StringNode.valueOf("Done after " + time.toMillis() + " ms")))
			.flux();
	}

	static Flux<ObjectNode> progress(Invocation call, @Nullable Publisher<?> pace) {
		int steps = call.number("steps", 3);
		Duration interval = Duration.ofMillis(call.number("intervalMillis", 100));
		Optional<JsonNode> token = call.progressToken();
		return Flux.range(1, steps)
			.transform((all) -> (pace != null) ? all.zipWith(pace, (step, go) -> step) : all.delayElements(interval))
			.<ObjectNode>handle(
					(step, sink) -> token.ifPresent((known) -> sink.next(call.progress(known, step, steps))))
			.concatWith(Mono.fromSupplier(() -> call.answer(StringNode.valueOf("Done in " + steps + " steps"))));
	}

}
