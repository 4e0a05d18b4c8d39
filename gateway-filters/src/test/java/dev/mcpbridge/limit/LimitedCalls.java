package dev.mcpbridge.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.mcpbridge.exchange.Identity;
import dev.mcpbridge.policy.Admission;
import dev.mcpbridge.policy.CallOfTools;
import dev.mcpbridge.policy.ToolCall;
import dev.mcpbridge.policy.ToolClasses;
import dev.mcpbridge.store.BridgeStore;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

/**
 * A gateway's limits, people who call, and time that passes when a test says so.
 */
final class LimitedCalls {

	static final Duration MAX_WAIT = Duration.ofSeconds(20);

	final VirtualTimeScheduler time;

	final CallLimits limits;

	final List<String> heard = new ArrayList<>();

	private LimitedCalls(VirtualTimeScheduler time, @Nullable BridgeStore store, int queue, Limit... limits) {
		this.time = time;
		LimitSettings settings = new LimitSettings(List.of(limits), queue, MAX_WAIT, Duration.ofMinutes(1), 1);
		this.limits = new CallLimits(settings, store, new LimitListener() {
			@Override
			public void waited(Kind why, Duration waited) {
				LimitedCalls.this.heard.add("waited " + why + " " + waited);
			}

			@Override
			public void refused(Kind why, Impatience how) {
				LimitedCalls.this.heard.add("refused " + why + " " + how);
			}
		}, this.time);
	}

	static LimitedCalls of(int queue, Limit... limits) {
		return new LimitedCalls(VirtualTimeScheduler.create(), null, queue, limits);
	}

	/** Another replica, at the same time. */
	static LimitedCalls of(VirtualTimeScheduler time, BridgeStore store, Limit... limits) {
		return new LimitedCalls(time, store, 100, limits);
	}

	/** A limit on how often. */
	static Limit rate(int calls, Duration period, int burst, Limit.Per... per) {
		return new Limit("often", Set.of(per), Set.of(), Set.of(), 0, calls, period, burst);
	}

	Asking ask(String person, String... tools) {
		return new Asking(this.limits.admit(call(person, "a-client", tools)));
	}

	Asking askAs(String client, String person) {
		return new Asking(this.limits.admit(call(person, client, "getJiraIssue")));
	}

	List<Asking> ask(int times, String person) {
		return Stream.generate(() -> ask(person, "getJiraIssue")).limit(times).toList();
	}

	void pass(Duration duration) {
		this.time.advanceTimeBy(duration);
	}

	static CallOfTools call(String person, String client, String... tools) {
		List<ToolCall> calls = Stream.of(tools)
			.map((tool) -> new ToolCall(tool, ToolClasses.standard().classOf(tool),
					JsonNodeFactory.instance.objectNode(), IntNode.valueOf(7)))
			.toList();
		return new CallOfTools(MockServerWebExchange.from(MockServerHttpRequest.post("/mcp")),
				Identity.of(person, client, null, "", List.of()), calls);
	}

	/** One who asked. */
	static final class Asking {

		private volatile @Nullable Admission admission;

		private final Disposable asking;

		Asking(reactor.core.publisher.Mono<Admission> admission) {
			this.asking = admission.subscribe((answer) -> this.admission = answer);
		}

		boolean isAdmitted() {
			return this.admission instanceof Admission.Admitted;
		}

		boolean isWaiting() {
			return this.admission == null;
		}

		Admission.Refused refusal() {
			if (this.admission instanceof Admission.Refused refused) {
				return refused;
			}
			throw new AssertionError("not refused: " + this.admission);
		}

		void end() {
			if (this.admission instanceof Admission.Admitted admitted) {
				admitted.release().run();
			}
		}

		void leave() {
			this.asking.dispose();
		}

	}

}
