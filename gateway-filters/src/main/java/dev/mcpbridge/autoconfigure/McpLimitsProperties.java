package dev.mcpbridge.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.mcpbridge.limit.Limit;
import dev.mcpbridge.limit.LimitSettings;
import dev.mcpbridge.policy.ToolClass;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many calls of tools, and how patient we are with those beyond.
 *
 * @param enabled whether calls are limited at all
 * @param atOnce how many calls of one person may be under way at once, in each process; 0
 * for any number
 * @param queue how many calls may wait for one limit of one person, client or tool
 * @param maxWait how long a call waits at most before it is refused with 429
 * @param maxHold how long a person's calls are held at most because the upstream said so
 * @param retries how often a call the upstream refused with 429 is sent again
 * @param rules further limits, all of which a call has to meet
 */
@ConfigurationProperties("mcp.bridge.limits")
record McpLimitsProperties(boolean enabled, @DefaultValue("20") int atOnce, @DefaultValue("100") int queue,
		@DefaultValue("20s") Duration maxWait, @DefaultValue("1m") Duration maxHold, @DefaultValue("1") int retries,
		List<Rule> rules) {

	private static final Duration LONGEST = Duration.ofMinutes(10);

	private static final String COUNT = "0 to 100000";

	McpLimitsProperties {
		require("at-once", atOnce, isCount(atOnce), COUNT);
		require("queue", queue, isCount(queue), COUNT);
		require("max-wait", maxWait, !maxWait.isNegative() && maxWait.compareTo(LONGEST) <= 0, "0s to 10m");
		require("max-hold", maxHold, maxHold.compareTo(Duration.ofSeconds(1)) >= 0 && maxHold.compareTo(LONGEST) <= 0,
				"1s to 10m");
		require("retries", retries, retries >= 0 && retries <= 5, "0 to 5");
		rules = (rules != null) ? List.copyOf(rules) : List.of();
	}

	LimitSettings settings() {
		Stream<Limit> ofPersons = (this.atOnce > 0) ? Stream.of(Limit.ofPerson(this.atOnce)) : Stream.empty();
		return new LimitSettings(Stream.concat(ofPersons, this.rules.stream().map(Rule::limit)).toList(), this.queue,
				this.maxWait, this.maxHold, this.retries);
	}

	private static boolean isCount(int count) {
		return count >= 0 && count <= 100_000;
	}

	private static void require(String name, Object value, boolean valid, String expected) {
		if (!valid) {
			throw new IllegalArgumentException(
					"mcp.bridge.limits.%s: %s (expected: %s)".formatted(name, value, expected));
		}
	}

	/**
	 * A limit of one's own.
	 *
	 * @param name what it is called in answers
	 * @param per what it is counted for each of; empty counts all calls together
	 * @param tools the tools it is about
	 * @param classes the classes of tools it is about; with neither, all tools
	 * @param atOnce how many calls may be under way at once, in each process; 0 for any
	 * number
	 * @param rate how many calls may be made in a period; 0 for any number
	 * @param period how long a period is
	 * @param burst how many unused calls may be saved up; 0 for those of a period
	 */
	record Rule(@DefaultValue("") String name, Set<Limit.Per> per, Set<String> tools, Set<ToolClass> classes,
			@DefaultValue("0") int atOnce, @DefaultValue("0") int rate, @DefaultValue("1m") Duration period,
			@DefaultValue("0") int burst) {

		Rule {
			require("rules.name", name, name.matches("[a-z0-9][a-z0-9-]{0,63}"), "a-z, 0-9 and -");
			require("rules.at-once", atOnce, isCount(atOnce), COUNT);
			require("rules.rate", rate, isCount(rate) && (rate > 0 || atOnce > 0),
					COUNT + ", and rate or at-once is needed");
			require("rules.period", period,
					period.compareTo(Duration.ofSeconds(1)) >= 0 && period.compareTo(Duration.ofDays(1)) <= 0,
					"1s to 1d");
			require("rules.burst", burst, isCount(burst), COUNT);
			per = (per != null) ? Set.copyOf(per) : Set.of();
			tools = (tools != null) ? Set.copyOf(tools) : Set.of();
			classes = (classes != null) ? Set.copyOf(classes) : Set.of();
		}

		Limit limit() {
			return new Limit(this.name, this.per, this.tools, this.classes, this.atOnce, this.rate, this.period,
					this.burst);
		}

	}

}
