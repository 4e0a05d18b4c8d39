package dev.mcpbridge.limit;

import java.time.Duration;
import java.util.Map;

import dev.mcpbridge.message.JsonRpcError;
import dev.mcpbridge.policy.Admission;
import dev.mcpbridge.policy.CallGate;
import dev.mcpbridge.policy.CallOfTools;
import dev.mcpbridge.store.BridgeStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.http.HttpStatus;

/**
 * Lets as many calls pass as the limits allow: the others wait for a moment, and are
 * refused with 429 when that is over.
 * <p>
 * Places among the calls under way are counted by each process for itself. What is earned
 * is counted in the store where there is one, and by each process while it is away.
 */
public final class CallLimits implements CallGate {

	private final LimitDesk desk;

	/**
	 * Makes the limits of a gateway.
	 * @param settings what is limited
	 * @param store where replicas count together, or {@code null} to count here
	 * @param listener hears what is done
	 * @param time what time goes by
	 */
	public CallLimits(LimitSettings settings, @Nullable BridgeStore store, LimitListener listener, Scheduler time) {
		LocalBuckets here = new LocalBuckets(time);
		Buckets buckets = (store != null) ? new StoreBuckets(store, here, time) : here;
		this.desk = new LimitDesk(settings, new Turns(), buckets, new Holds(settings.maxHold(), time), listener, time);
	}

	/**
	 * Returns what is done about an upstream that limits calls itself.
	 * @return the filter
	 */
	public UpstreamLimitFilter upstreamFilter() {
		return new UpstreamLimitFilter(this.desk);
	}

	@Override
	public Mono<Admission> admit(CallOfTools call) {
		return Asker.of(call).flatMap((asker) -> {
			Permits permits = new Permits();
			new LimitedCall(asker.key(), call.calls(), this.desk.time()).enter(call.exchange());
			return new Queueing(this.desk, asker, call.calls(), permits).pass()
				.then(Mono.<Admission>fromSupplier(() -> new Admission.Admitted(permits)))
				.doOnError((failure) -> permits.run())
				.doOnCancel(permits)
				.onErrorResume(OverLimitException.class, (over) -> Mono.just(refused(over)));
		});
	}

	private Admission refused(OverLimitException over) {
		this.desk.listener().refused(over.kind(), over.impatience());
		return new Admission.Refused("limit", HttpStatus.TOO_MANY_REQUESTS, error(over.getMessage(), over.retryAfter()),
				over.retryAfter());
	}

	/** What a client is told that calls too often. */
	static JsonRpcError error(@Nullable String limit, Duration retryAfter) {
		long seconds = seconds(retryAfter);
		return new JsonRpcError(JsonRpcError.SERVER_ERROR,
				"Too many tool calls (limit: %s). Try again in %d s.".formatted(limit, seconds),
				Map.of("limit", String.valueOf(limit), "retryAfterSeconds", seconds));
	}

	/** As a header says it: whole seconds, at least one. */
	static long seconds(Duration duration) {
		return Math.max(1, duration.plusMillis(999).toSeconds());
	}

}
