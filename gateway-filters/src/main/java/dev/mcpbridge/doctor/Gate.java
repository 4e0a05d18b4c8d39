package dev.mcpbridge.doctor;

import java.time.Duration;
import java.util.List;

import reactor.core.publisher.Flux;

/**
 * Looks at what depends on something only where that is in order, so that one fault is
 * one finding.
 *
 * @param first what has to be in order
 * @param rest what is looked at then, all at once
 */
record Gate(Check first, List<Check> rest) implements Check {

	/** For each of them. */
	static final Duration BOUND = Duration.ofSeconds(25);

	Gate(Check first, Check... rest) {
		this(first, List.of(rest));
	}

	@Override
	public CheckId about() {
		return this.first.about();
	}

	@Override
	public Flux<Finding> look() {
		return this.first.within(this.first.look(), BOUND)
			.collectList()
			.flatMapMany((findings) -> Flux.fromIterable(findings)
				.concatWith(findings.stream().allMatch(Finding::lets) ? others() : Flux.empty()));
	}

	/** Each has a bound of its own. */
	@Override
	public Flux<Finding> within(Flux<Finding> findings, Duration bound) {
		return findings;
	}

	private Flux<Finding> others() {
		return Flux.fromIterable(this.rest).flatMap((check) -> check.within(check.look(), BOUND));
	}

}
