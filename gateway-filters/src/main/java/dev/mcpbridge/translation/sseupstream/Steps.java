package dev.mcpbridge.translation.sseupstream;

import java.time.Duration;

import dev.mcpbridge.relay.RelayEntry;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Picks out of the channel of a session what somebody waits for.
 *
 * @param channel the channel
 * @param position where the waiting begins
 * @param awaited what is awaited
 */
record Steps(SessionChannel channel, String position, Awaited awaited) {

	/**
	 * Follows the channel until nothing is awaited any more.
	 * @param usedEvery how often it is shown that somebody waits
	 * @return what happens; fails if the session ends before
	 */
	Flux<Step> follow(Duration usedEvery) {
		return Flux.defer(() -> {
			Remaining left = new Remaining(this.awaited);
			return this.channel.follow(this.position)
				.filter((entry) -> left.now().concerns(entry.topic()))
				.map((entry) -> step(left, entry))
				.takeUntil(Step::isLast)
				.concatWith(
						Mono.defer(() -> left.now().isOver() ? Mono.empty() : Mono.error(Refusals.unknownSession())))
				.takeUntilOther(this.channel.usedEvery(usedEvery));
		});
	}

	private static Step step(Remaining left, RelayEntry entry) {
		Awaited now = left.now().after(entry.topic());
		left.now(now);
		Step.Kind kind = Topics.isAnswer(entry.topic()) ? Step.Kind.ANSWER
				: Topics.isMessage(entry.topic()) ? Step.Kind.PROGRESS : Step.Kind.CANCELLED;
		return new Step(kind, now, entry.position(), entry.content());
	}

}
