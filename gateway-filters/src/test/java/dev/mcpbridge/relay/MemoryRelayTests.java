package dev.mcpbridge.relay;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The relay within one process.
 */
class MemoryRelayTests extends RelayContract {

	@Override
	protected Relay relay(RelayLimits limits) {
		return new MemoryRelay(limits, 100, this.clock);
	}

	@Test
	void whatIsTooOldIsDroppedAndItsReadersAreTold() {
		Relay relay = relay(new RelayLimits(LIMITS.buffer(), Duration.ofSeconds(10), LIFETIME));
		get(relay.open("a", "note"));
		String one = get(relay.append("a", "", "one"));
		elapse(Duration.ofSeconds(6));
		String two = get(relay.append("a", "", "two"));
		elapse(Duration.ofSeconds(6));
		get(relay.keep("a"));
		get(relay.close("a"));
		assertThat(contents(relay.follow("a", null))).containsExactly("two");
		assertThat(contents(relay.follow("a", one))).containsExactly("two");
		assertThatThrownBy(() -> contents(relay.follow("a", "0-0"))).isInstanceOf(RelayOverrunException.class);
		assertThat(contents(relay.follow("a", two))).isEmpty();
	}

	@Test
	void positionsGrowAlthoughTheClockIsPutBack() {
		open();
		List<String> before = append("one", "two");
		elapse(Duration.ofSeconds(-50));
		assertThat(RelayPosition.parse(append("three").get(0)).isAfter(RelayPosition.parse(before.get(1)))).isTrue();
	}

	@Test
	void aFullRelayOpensNothingUntilChannelsAreGone() {
		Relay small = new MemoryRelay(LIMITS, 2, this.clock);
		get(small.open("a", ""));
		get(small.open("b", ""));
		assertThatThrownBy(() -> get(small.open("c", ""))).isInstanceOf(RelayFullException.class);
		assertThat(get(small.append("a", "", "goes on"))).isNotNull();
		get(small.close("b"));
		assertThatThrownBy(() -> get(small.open("c", ""))).isInstanceOf(RelayFullException.class);
		elapse(LIFETIME);
		get(small.open("c", ""));
		assertThat(get(small.note("b"))).isNull();
	}

	@Test
	void aReaderOfALapsedChannelIsToldWithinASecond() {
		Relay relay = relay(LIMITS);
		StepVerifier.withVirtualTime(() -> relay.open("v", "").thenMany(relay.follow("v", null)))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(30))
			.then(() -> elapse(LIFETIME))
			.thenAwait(Duration.ofSeconds(1))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void limitsNothingFitsInAreRefused() {
		assertThatThrownBy(() -> new RelayLimits(DataSize.ofBytes(0), LIFETIME, LIFETIME))
			.hasMessage("buffer: 0B (expected: more than 0)");
		assertThatThrownBy(() -> new RelayLimits(DataSize.ofBytes(1), Duration.ZERO, LIFETIME))
			.hasMessageStartingWith("history: PT0S");
		assertThatThrownBy(() -> new RelayLimits(DataSize.ofBytes(1), LIFETIME, Duration.ofSeconds(-1)))
			.hasMessageStartingWith("lifetime: PT-1S");
	}

	@Test
	void anEntryPrintsNoContent() {
		assertThat(new RelayEntry("1-0", "topic", "secret")).asString().doesNotContain("secret");
	}

}
