package dev.mcpbridge.doctor.redis;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.mcpbridge.doctor.Finding;
import dev.mcpbridge.doctor.Severity;
import dev.mcpbridge.store.DocumentedUser;
import dev.mcpbridge.store.LocalRedis;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real servers, as the page about storage wants them and not.
 */
class RedisCheckServerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@Test
	void aServerInOrderHasNothingToRepairAndIsLeftAsItWas() {
		try (LocalRedis server = LocalRedis.startWith("appendonly yes")) {
			assertThat(troubles(server.redis())).isEmpty();
			assertThat(server.redis().keys("*").count().block(PATIENCE)).isZero();
		}
	}

	@Test
	void anEvictingPolicyAndAMissingLogAreFound() {
		try (LocalRedis server = LocalRedis.startWith("maxmemory-policy allkeys-lru")) {
			assertThat(troubles(server.redis()))
				.isEqualTo(Map.of("redis.memory-policy", Severity.FAILURE, "redis.persistence", Severity.WARNING));
		}
	}

	@Test
	void theDocumentedUserMayDoEverythingAndALesserOneNot() {
		try (LocalRedis server = LocalRedis.startWith("appendonly yes", "user " + DocumentedUser.line(),
				"user lesser on >lesser ~mcp-bridge:* resetchannels -@all +get +eval +evalsha +info +time")) {
			assertThat(troubles(DocumentedUser.connect(server))).isEmpty();
			List<Finding> findings = look(server.redis("lesser", "lesser"));
			assertThat(troubles(findings)).isEqualTo(Map.of("redis.rights", Severity.FAILURE));
			assertThat(findings.toString()).contains("[set, getdel, del", "publish]").doesNotContain("lesser");
		}
	}

	@Test
	void aServerThatIsGoneIsOneFinding() {
		LocalRedis server = LocalRedis.start();
		ReactiveStringRedisTemplate redis = server.redis();
		try (server) {
			assertThat(redis.hasKey("any").block(PATIENCE)).isFalse();
			assertThat(troubles(server.redis("nobody", "wrong"))).isEqualTo(Map.of("redis.reach", Severity.FAILURE));
		}
	}

	private static List<Finding> look(ReactiveStringRedisTemplate redis) {
		return new RedisCheck(redis, InstantSource.system()).look().collectList().blockOptional(PATIENCE).orElseThrow();
	}

	private static Map<String, Severity> troubles(ReactiveStringRedisTemplate redis) {
		return troubles(look(redis));
	}

	private static Map<String, Severity> troubles(List<Finding> findings) {
		assertThat(findings).isNotEmpty();
		return findings.stream()
			.filter((finding) -> finding.severity() != Severity.OK)
			.collect(Collectors.toMap((finding) -> finding.check().id(), Finding::severity, (one, other) -> one,
					TreeMap::new));
	}

}
