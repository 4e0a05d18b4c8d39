package dev.mcpbridge.doctor.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

import dev.mcpbridge.doctor.Finding;
import dev.mcpbridge.doctor.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RedisVerdictsTests {

	@Test
	void aRedisAsThePageWantsItIsInOrder() {
		assertThat(new RedisVerdicts("", info()).findings()).hasSize(5)
			.allMatch((finding) -> finding.severity() == Severity.OK);
	}

	@ParameterizedTest
	@CsvSource({ "role, slave, redis.role, FAILURE", "redis_version, 6.0.16, redis.version, FAILURE",
			"redis_version, 5.0.7, redis.version, FAILURE", "redis_version, what, redis.version, FAILURE",
			"maxmemory_policy, allkeys-lru, redis.memory-policy, FAILURE",
			"maxmemory_policy, volatile-ttl, redis.memory-policy, FAILURE",
			"aof_enabled, 0, redis.persistence, WARNING", "aof_last_write_status, err, redis.persistence, FAILURE",
			"rdb_last_bgsave_status, err, redis.persistence, FAILURE", "used_memory, 850, redis.memory, WARNING",
			"used_memory, 960, redis.memory, FAILURE" })
	void eachFaultIsOneFinding(String name, String value, String check, Severity severity) {
		Properties info = info();
		info.setProperty(name, value);
		List<Finding> troubles = new RedisVerdicts("", info).findings()
			.stream()
			.filter((finding) -> finding.severity() != Severity.OK)
			.toList();
		assertThat(troubles).singleElement()
			.satisfies((finding) -> assertThat(finding.check().id()).isEqualTo(check))
			.satisfies((finding) -> assertThat(finding.severity()).isEqualTo(severity));
	}

	@ParameterizedTest
	@CsvSource({ "10, OK", "11, WARNING", "100, WARNING", "101, FAILURE" })
	void itsPaceIsTheMedianOfItsAnswers(long millis, Severity severity) {
		List<Long> answers = new ArrayList<>(Collections.nCopies(11, millis));
		answers.addAll(Collections.nCopies(9, 1L));
		answers.addAll(List.of(5000L));
		assertThat(new RedisVerdicts("", info()).latency(answers).severity()).isEqualTo(severity);
	}

	private static Properties info() {
		Properties info = new Properties();
		info.setProperty("role", "master");
		info.setProperty("redis_version", "7.2.4");
		info.setProperty("maxmemory_policy", "noeviction");
		info.setProperty("aof_enabled", "1");
		info.setProperty("aof_last_write_status", "ok");
		info.setProperty("rdb_last_bgsave_status", "ok");
		info.setProperty("maxmemory", "1000");
		info.setProperty("used_memory", "700");
		return info;
	}

}
