package dev.mcpbridge.doctor;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks at one thing.
 */
public interface Check {

	/**
	 * Names what a finding is about if looking comes to no end.
	 * @return what is looked at first
	 */
	CheckId about();

	/**
	 * Looks, and changes nothing.
	 * @return what was seen; nothing where there is nothing to look at
	 */
	Flux<Finding> look();

	/**
	 * Looks, and may register a client at the upstream.
	 * @return what was seen
	 */
	default Flux<Finding> lookAndRegister() {
		return look();
	}

	/**
	 * Puts an end to it.
	 * @param findings what is being seen
	 * @param bound how long that may take
	 * @return what was seen until then, and that it took too long or failed
	 */
	default Flux<Finding> within(Flux<Finding> findings, Duration bound) {
		return findings.takeUntilOther(Mono.delay(bound).then(Mono.error(TimeoutException::new)))
			.onErrorResume((failure) -> Flux.just(Finding.failure(about(), Failures.words(failure))));
	}

}
