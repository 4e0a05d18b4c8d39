package dev.mcpbridge.relay.redis;

import java.time.Duration;

import dev.mcpbridge.relay.RelayReaders;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.ReactiveRedisMessageListenerContainer;

/**
 * Hears in which channels something was left, while anybody here reads.
 * <p>
 * There is one subscription for the whole process and all channels: what is heard is a
 * name, and a reader that begins has nothing to subscribe to and to wait for. What is
 * missed while it is broken is found by looking.
 */
final class WakeUps {

	/**
	 * How long the subscription stays after the last reader, since the next comes soon.
	 */
	private static final Duration GRACE = Duration.ofSeconds(30);

	private static final Retry AGAIN = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
		.maxBackoff(Duration.ofSeconds(5));

	/**
	 * It is not known to end while it is wanted; if it does, it is not begun in a loop.
	 */
	private static final Duration AFTER_AN_END = Duration.ofSeconds(1);

	private final String topic;

	private final RelayReaders readers;

	private final Duration limit;

	private final Flux<Void> heard;

	WakeUps(ReactiveRedisConnectionFactory connections, String topic, RelayReaders readers, Duration limit) {
		this.topic = topic;
		this.readers = readers;
		this.limit = limit;
		this.heard = Flux
			.usingWhen(Flux.defer(() -> Flux.just(new ReactiveRedisMessageListenerContainer(connections))), this::hear,
					ReactiveRedisMessageListenerContainer::destroyLater)
			.retryWhen(AGAIN)
			.repeatWhen((ends) -> ends.delayElements(AFTER_AN_END))
			.publish()
			.refCount(1, GRACE);
	}

	/** Wakes readers as long as somebody is subscribed to this; it never ends. */
	Flux<Void> heard() {
		return this.heard;
	}

	String topic() {
		return this.topic;
	}

	private Flux<Void> hear(ReactiveRedisMessageListenerContainer container) {
		return container.receiveLater(ChannelTopic.of(this.topic))
			.timeout(this.limit)
			.doOnNext((subscribed) -> this.readers.wakeAll())
			.flatMapMany((messages) -> messages)
			.doOnNext((message) -> this.readers.wake(message.getMessage()))
			.thenMany(Flux.empty());
	}

}
