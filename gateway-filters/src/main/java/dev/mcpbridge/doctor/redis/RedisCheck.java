package dev.mcpbridge.doctor.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.doctor.Check;
import dev.mcpbridge.doctor.CheckId;
import dev.mcpbridge.doctor.ClockSkew;
import dev.mcpbridge.doctor.Finding;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.function.Tuple2;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.connection.ReactiveRedisClusterConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Looks at the Redis of the store: at the one server, the one the Sentinels name, or each
 * master of a cluster. Uses only what the documented user may do.
 */
public final class RedisCheck implements Check {

	private static final int ANSWERS = 20;

	private static final Duration CONNECTED = Duration.ofSeconds(5);

	private static final String KEY = "mcp-bridge:{doctor}:probe";

	private static final String CHANNEL = "mcp-bridge:doctor";

	@SuppressWarnings("rawtypes")
	private static final RedisScript<List> RIGHTS = RedisScript
		.of(new ClassPathResource("rights.lua", RedisCheck.class), List.class);

	private final ReactiveStringRedisTemplate redis;

	private final InstantSource clock;

	/**
	 * Makes it.
	 * @param redis the connection of the store
	 * @param clock the time
	 */
	public RedisCheck(ReactiveStringRedisTemplate redis, InstantSource clock) {
		this.redis = redis;
		this.clock = clock;
	}

	@Override
	public CheckId about() {
		return CheckId.REDIS_REACH;
	}

	@Override
	public Flux<Finding> look() {
		return Flux.defer(() -> this.redis.execute(this::servers))
			.timeout(Mono.delay(CONNECTED), (server) -> Mono.never())
			.collectList()
			.flatMapMany((servers) -> Flux.concat(Mono.just(Finding.ok(about(), servers.size() + " answer")),
					Flux.fromIterable(servers).flatMapIterable(RedisVerdicts::findings), this.redis.execute(this::pace),
					rights()))
			.onErrorResume((failure) -> Flux.just(Finding.failure(about(), why(failure))));
	}

	private Flux<RedisVerdicts> servers(ReactiveRedisConnection connection) {
		if (connection instanceof ReactiveRedisClusterConnection cluster) {
			return cluster.clusterGetNodes()
				.filter(RedisClusterNode::isMaster)
				.concatMap((node) -> cluster.serverCommands().info(node).map((info) -> verdicts(node + ": ", info)));
		}
		return connection.serverCommands().info().map((info) -> verdicts("", info)).flux();
	}

	private static RedisVerdicts verdicts(String server, Properties info) {
		return new RedisVerdicts(server, info);
	}

	/** Of whichever server a cluster asks for the time. */
	private Flux<Finding> pace(ReactiveRedisConnection connection) {
		Mono<Tuple2<Long, Long>> answer = Mono.defer(() -> connection.serverCommands().time(TimeUnit.MILLISECONDS))
			.elapsed();
		return Flux.range(0, ANSWERS)
			.concatMap((index) -> answer)
			.collectList()
			.flatMapMany((answers) -> Flux.just(
					new RedisVerdicts("", new Properties()).latency(answers.stream().map(Tuple2::getT1).toList()),
					skew(answers.get(answers.size() - 1))));
	}

	private Finding skew(Tuple2<Long, Long> last) {
		Instant now = this.clock.instant();
		return ClockSkew.judge(CheckId.REDIS_CLOCK, Instant.ofEpochMilli(last.getT2()), now.minusMillis(last.getT1()),
				now);
	}

	private Mono<Finding> rights() {
		return this.redis.execute(RIGHTS, List.of(KEY), List.of(CHANNEL))
			.next()
			.map((refused) -> refused.isEmpty()
					? Finding.ok(CheckId.REDIS_RIGHTS, "scripts, keys and channels of mcp-bridge:*")
					: Finding.failure(CheckId.REDIS_RIGHTS, "the user may not: " + refused))
			.onErrorResume((failure) -> Mono.just(Finding.failure(CheckId.REDIS_RIGHTS, why(failure))));
	}

	/** What Redis itself says begins with a word in capitals, and quotes no password. */
	private static String why(Throwable failure) {
		String said = NestedExceptionUtils.getMostSpecificCause(failure).getMessage();
		return (said != null
				&& said.matches("(?s)(NOPERM|NOAUTH|WRONGPASS|LOADING|MASTERDOWN|CLUSTERDOWN|READONLY) .*")) ? said
						: "no answer (%s)"
							.formatted(NestedExceptionUtils.getMostSpecificCause(failure).getClass().getSimpleName());
	}

}
