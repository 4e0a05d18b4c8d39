package dev.mcpbridge.doctor.redis;

import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.mcpbridge.doctor.CheckId;
import dev.mcpbridge.doctor.Finding;

/**
 * What the {@code INFO} of one server says, judged.
 *
 * @param server its name in findings: empty unless there are several
 * @param info the whole of {@code INFO}
 */
record RedisVerdicts(String server, Properties info) {

	private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

	private static final double MEMORY_WARNING = 0.8;

	private static final double MEMORY_FAILURE = 0.95;

	private static final long LATENCY_WARNING = 10;

	private static final long LATENCY_FAILURE = 100;

	/** All that {@code INFO} tells. */
	List<Finding> findings() {
		return List.of(role(), version(), policy(), persistence(), memory());
	}

	private Finding role() {
		String role = value("role");
		return role.equals("master") ? ok(CheckId.REDIS_ROLE, "master")
				: failure(CheckId.REDIS_ROLE, "%s of %s: it takes no writes".formatted(role, value("master_host")));
	}

	private Finding version() {
		String version = value("redis_version");
		Matcher parts = VERSION.matcher(version);
		boolean enough = parts.matches()
				&& Integer.parseInt(parts.group(1)) * 10_000 + Integer.parseInt(parts.group(2)) >= 60_002;
		return enough ? ok(CheckId.REDIS_VERSION, version)
				: failure(CheckId.REDIS_VERSION, version + " (expected: 6.2 or newer)");
	}

	private Finding policy() {
		String policy = value("maxmemory_policy");
		return policy.equals("noeviction") ? ok(CheckId.REDIS_POLICY, policy)
				: failure(CheckId.REDIS_POLICY, policy + " (expected: noeviction)");
	}

	private Finding persistence() {
		boolean log = value("aof_enabled").equals("1");
		if (value("aof_last_write_status").equals("err") || value("rdb_last_bgsave_status").equals("err")) {
			return failure(CheckId.REDIS_PERSISTENCE, "the last write to its disk failed");
		}
		return log ? ok(CheckId.REDIS_PERSISTENCE, "append-only file")
				: warning(CheckId.REDIS_PERSISTENCE, "no append-only file: a restart loses minutes, or everything");
	}

	private Finding memory() {
		long most = number("maxmemory");
		if (most == 0) {
			return ok(CheckId.REDIS_MEMORY, "no maxmemory");
		}
		double share = (double) number("used_memory") / most;
		String seen = "%.0f %% of %d MB are used".formatted(share * 100, most / 1024 / 1024);
		if (share > MEMORY_FAILURE) {
			return failure(CheckId.REDIS_MEMORY, seen);
		}
		return (share > MEMORY_WARNING) ? warning(CheckId.REDIS_MEMORY, seen) : ok(CheckId.REDIS_MEMORY, seen);
	}

	/**
	 * Judges how fast it answers.
	 * @param millis how long each of some answers took
	 */
	Finding latency(List<Long> millis) {
		long median = millis.stream().sorted().skip(millis.size() / 2).findFirst().orElse(0L);
		String seen = "%d ms, the median of %d answers".formatted(median, millis.size());
		if (median > LATENCY_FAILURE) {
			return failure(CheckId.REDIS_LATENCY, seen);
		}
		return (median > LATENCY_WARNING) ? warning(CheckId.REDIS_LATENCY, seen) : ok(CheckId.REDIS_LATENCY, seen);
	}

	private String value(String name) {
		return this.info.getProperty(name, "unknown").strip();
	}

	private long number(String name) {
		String value = value(name);
		return value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
	}

	private Finding ok(CheckId check, String seen) {
		return Finding.ok(check, this.server + seen);
	}

	private Finding warning(CheckId check, String seen) {
		return Finding.warning(check, this.server + seen);
	}

	private Finding failure(CheckId check, String seen) {
		return Finding.failure(check, this.server + seen);
	}

}
