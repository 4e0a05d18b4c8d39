package dev.mcpbridge.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Call;

/**
 * How many tool calls of one person are answered at once; the service answers 429 beyond
 * that.
 */
final class CallsAtOnce {

	private static final String TOO_MANY = "Too many requests";

	private final Map<String, Integer> running = new HashMap<>();

	private volatile int most = Integer.MAX_VALUE;

	private volatile String retryAfter = "1";

	private int refused;

	private int highest;

	/**
	 * Sets the limit.
	 * @param limit how many; there is none at first
	 * @param after what {@code Retry-After} says
	 */
	void allow(int limit, String after) {
		this.most = limit;
		this.retryAfter = after;
	}

	Mono<Answer> answer(Call call, String person, Supplier<Mono<Answer>> genuine) {
		if (!call.body().contains("\"tools/call\"")) {
			return genuine.get();
		}
		return Mono.defer(() -> {
			if (!begin(person)) {
				return Mono
					.just(Answer.text(429, "text/plain;charset=UTF-8", TOO_MANY).with("retry-after", this.retryAfter));
			}
			return genuine.get()
				.map((answer) -> counted(answer, person))
				.doOnError((failure) -> end(person))
				.doOnCancel(() -> end(person));
		});
	}

	/** A stream counts until its end, anything else until it is known. */
	private Answer counted(Answer answer, String person) {
		if (answer instanceof Answer.Flowing flowing) {
			Flux<String> events = flowing.events().doFinally((signal) -> end(person));
			return new Answer.Flowing(flowing.headers(), events);
		}
		end(person);
		return answer;
	}

	synchronized int refused() {
		return this.refused;
	}

	synchronized int highest() {
		return this.highest;
	}

	private synchronized boolean begin(String person) {
		int count = this.running.getOrDefault(person, 0);
		if (count >= this.most) {
			this.refused++;
			return false;
		}
		this.running.put(person, count + 1);
		this.highest = Math.max(this.highest, count + 1);
		return true;
	}

	private synchronized void end(String person) {
		this.running.computeIfPresent(person, (same, count) -> (count > 1) ? count - 1 : null);
	}

}
