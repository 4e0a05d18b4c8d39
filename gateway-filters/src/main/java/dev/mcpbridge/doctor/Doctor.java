package dev.mcpbridge.doctor;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks at everything at once, each thing for a bounded time.
 */
public final class Doctor {

	/** How long a report stands: asking again and again loads nobody. */
	private static final Duration FRESH = Duration.ofSeconds(10);

	private final List<Check> checks;

	private final InstantSource clock;

	private final Mono<Report> shared;

	/**
	 * Makes a doctor.
	 * @param checks what to look at
	 * @param clock the time
	 */
	public Doctor(List<Check> checks, InstantSource clock) {
		this.checks = List.copyOf(checks);
		this.clock = clock;
		this.shared = examineAgain().cache(FRESH);
	}

	/**
	 * Looks, and changes nothing. Those who ask at the same time get one report, as do
	 * those who ask within ten seconds of it.
	 * @return the report, never an error
	 */
	public Mono<Report> examine() {
		return this.shared;
	}

	/**
	 * Looks, and registers a client at the upstream to see whether that works. The client
	 * stays there if the upstream does not take it back.
	 * @return the report, never an error
	 */
	public Mono<Report> examineAndRegister() {
		return examine(Check::lookAndRegister);
	}

	/** Looks, whatever was seen a moment ago. */
	Mono<Report> examineAgain() {
		return examine(Check::look);
	}

	private Mono<Report> examine(Function<Check, Flux<Finding>> how) {
		return Flux.fromIterable(this.checks)
			.flatMap((check) -> check.within(Flux.defer(() -> how.apply(check)), Gate.BOUND))
			.collectList()
			.map((findings) -> new Report(this.clock.instant(), findings));
	}

}
