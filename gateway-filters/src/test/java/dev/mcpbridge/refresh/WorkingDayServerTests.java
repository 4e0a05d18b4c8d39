package dev.mcpbridge.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.SettableClock;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.MemoryStore;
import dev.mcpbridge.store.ObservedStore;
import dev.mcpbridge.testing.Caller;
import dev.mcpbridge.testing.Crowd;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Fifty people who log in at nine and are never asked again until five, while their
 * upstream tokens live for 55 minutes.
 */
class WorkingDayServerTests {

	static final int PEOPLE = 50;

	static final int LISTENING = 10;

	/** How many calls of one person meet when their token is due; else it is one. */
	static final int CALLS_AT_ONCE = 3;

	static final Duration STEP = Duration.ofMinutes(5);

	static final int STEPS = (int) Duration.ofHours(8).dividedBy(STEP);

	/**
	 * After how many steps tokens of 55 minutes are renewed. The window begins 5 to 6
	 * minutes before their end (the jitter is below a fifth of it), so at 49 to 50
	 * minutes of age: not yet after 9 steps, but after 10. The renewed ones are as old as
	 * the step, since the clock stands still within it.
	 */
	static final int STEPS_OF_A_TOKEN = 10;

	final SettableClock clock = SettableClock.standingAt(Instant.parse("2026-09-07T09:00:00Z"));

	final AtlassianSimulator atlassian = AtlassianSimulator.builder().clock(this.clock).start();

	final Rotations rotations = new Rotations();

	final Crowd crowd = new Crowd();

	@AfterEach
	void stop() {
		this.crowd.close();
		this.atlassian.close();
	}

	/**
	 * @param lifetime of bridge tokens: that of the upstream's, so that clients refresh
	 * them all day, or longer than the day, so that they never do
	 */
	@ParameterizedTest
	@ValueSource(strings = { "", "PT9H" })
	void nobodyLogsInTwice(String lifetime) {
		try (TestGateway gateway = inFrontOfAtlassian(lifetime)) {
			List<Employee> people = Stream.generate(() -> arrival(gateway)).limit(PEOPLE).toList();
			people.subList(0, LISTENING).forEach(Employee::listen);
			await().until(() -> this.atlassian.openStreams() == LISTENING);
			for (int step = 1; step <= STEPS; step++) {
				this.clock.advance(STEP);
				int expected = PEOPLE * (step / STEPS_OF_A_TOKEN);
				people.forEach(Employee::refreshIfNeeded);
				assertThat(this.crowd.ping(calls(people, step))).as("step " + step)
					.containsOnly(200, 202)
					.doesNotContain(401);
				await().pollDelay(Duration.ZERO).until(() -> this.rotations.stored() >= expected);
				assertThat(this.atlassian.refreshes()).as("step " + step).isEqualTo(expected);
			}
			assertThat(this.atlassian.openStreams()).isEqualTo(LISTENING);
			assertThat(this.atlassian.authorizations()).isEqualTo(PEOPLE);
			assertThat(people.stream().mapToInt(Employee::refreshes).sum() > 0).isEqualTo(lifetime.isEmpty());
			people.forEach(Employee::leave);
		}
	}

	private Employee arrival(TestGateway gateway) {
		this.atlassian.nextUser("%024x".formatted(this.atlassian.authorizations() + 1));
		return new Employee(gateway.url(), this.clock);
	}

	private static List<Caller> calls(List<Employee> people, int step) {
		int atOnce = (step % STEPS_OF_A_TOKEN == 0) ? CALLS_AT_ONCE : 1;
		List<Caller> calls = new ArrayList<>();
		people.forEach((person) -> {
			calls.addAll(Collections.nCopies(atOnce, person.caller()));
			person.listener().ifPresent(calls::add);
		});
		return calls;
	}

	private TestGateway inFrontOfAtlassian(String lifetime) {
		BridgeStore store = new ObservedStore(new MemoryStore(this.clock, 10_000), this.rotations);
		return TestGateway.inFrontOf(this.atlassian.url())
			.clock(this.clock)
			.bean(BridgeStore.class, store)
			.property("mcp.bridge.token.lifetime", lifetime)
			.start();
	}

	/** Counts grants that were written, new ones apart. */
	private static final class Rotations implements ObservedStore.Observer {

		private final AtomicInteger written = new AtomicInteger();

		@Override
		public void after(String operation, String key) {
			if (operation.equals("replace") && key.startsWith("grant:")) {
				this.written.incrementAndGet();
			}
		}

		int stored() {
			return this.written.get() - PEOPLE;
		}

	}

}
