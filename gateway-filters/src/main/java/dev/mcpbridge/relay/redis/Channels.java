package dev.mcpbridge.relay.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.mcpbridge.relay.RelayOutageException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import reactor.core.publisher.Mono;

import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Asks Redis about channels, one script a question, and does not wait for it too long.
 * <p>
 * A channel is a hash, and what was left in it a stream. Both have the channel's name as
 * hash tag, so that they are in one slot of a cluster.
 */
final class Channels {

	static final Question OPEN = Question.of("open.lua");

	static final Question KEEP = Question.of("keep.lua");

	static final Question FIND = Question.of("find.lua");

	static final Question NOTE = Question.of("note.lua");

	static final Question APPEND = Question.of("append.lua");

	static final Question READ = Question.of("read.lua");

	static final Question CLOSE = Question.of("close.lua");

	private final ReactiveStringRedisTemplate redis;

	private final String prefix;

	private final Duration limit;

	private final CircuitBreaker circuit;

	Channels(ReactiveStringRedisTemplate redis, String prefix, Duration limit, CircuitBreaker circuit) {
		this.redis = redis;
		this.prefix = prefix;
		this.limit = limit;
		this.circuit = circuit;
	}

	/** An answer is a list of texts. */
	Mono<List<String>> ask(Question question, String channel, Object... arguments) {
		String name = "%s:{%s}:relay".formatted(this.prefix, channel);
		List<String> texts = Stream.of(arguments).map(Object::toString).toList();
		return Mono.defer(() -> this.redis.execute(question.script(), List.of(name, name + ":entries"), texts).next())
			.map(Channels::texts)
			.timeout(this.limit)
			.transformDeferred(CircuitBreakerOperator.of(this.circuit))
			.onErrorMap(RelayOutageException::new);
	}

	/** Asks what can be answered with yes or no. */
	Mono<Boolean> confirm(Question question, String channel, Object... arguments) {
		return ask(question, channel, arguments).map(List.of("1")::equals);
	}

	private static List<String> texts(Object answer) {
		return ((List<?>) answer).stream().map(Object::toString).toList();
	}

	/** A script, after what all of them share. */
	record Question(RedisScript<?> script) {

		private static final String SHARED = text("channel.lua");

		static Question of(String name) {
			return new Question(RedisScript.of(SHARED + text(name), List.class));
		}

		private static String text(String name) {
			try {
				return new ClassPathResource(name, Channels.class).getContentAsString(StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
