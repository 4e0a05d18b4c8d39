package dev.mcpbridge.limit;

import java.time.Duration;

import reactor.core.publisher.Mono;

/**
 * Where the calls somebody may still make are counted.
 */
interface Buckets {

	/**
	 * Takes calls, all of them or none.
	 * @param key whose they are
	 * @param rate how many there are
	 * @param calls how many to take, at most the burst
	 * @return zero if they were taken; else how long until they can be
	 */
	Mono<Duration> take(String key, Rate rate, int calls);

}
