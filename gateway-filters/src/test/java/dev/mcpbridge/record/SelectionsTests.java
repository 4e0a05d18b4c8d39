package dev.mcpbridge.record;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.mcpbridge.record.Selection.Who;
import dev.mcpbridge.simulator.SettableClock;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SelectionsTests {

	final SettableClock clock = SettableClock.standingAt(Instant.parse("2026-11-23T03:37:03Z"));

	final List<Integer> switched = new ArrayList<>();

	final Selections selections = new Selections(this.clock, new Pseudonyms(Pseudonyms.passing(new SecureRandom())),
			() -> 0.6, new RecordListener() {

				@Override
				public void switched(int active) {
					SelectionsTests.this.switched.add(active);
				}

			});

	@Test
	void aLoginIsDrawnWholeOrNotAtAll() {
		this.selections.add(new Selection(Who.ANYBODY, null, 0.25, null));
		List<Integer> drawn = drawn();
		assertThat(drawn).hasSizeBetween(150, 350);
		assertThat(drawn()).isEqualTo(drawn);
	}

	@Test
	void requestsWithoutATokenAreDrawnOneByOne() {
		this.selections.add(new Selection(Who.ANYBODY, null, 0.5, null));
		assertThat(this.selections.cover(call(new HttpHeaders()))).isFalse();
		this.selections.add(new Selection(Who.ANYBODY, null, 0.7, null));
		assertThat(this.selections.cover(call(new HttpHeaders()))).isTrue();
	}

	@Test
	void oneThatIsOverCoversNothingAndIsForgotten() {
		this.selections.add(new Selection(Who.ANYBODY, null, 1, this.clock.instant().plusSeconds(60)));
		assertThat(this.selections.cover(call(new HttpHeaders()))).isTrue();
		this.clock.advance(Duration.ofSeconds(60));
		assertThat(this.selections.cover(call(new HttpHeaders()))).isFalse();
		assertThat(this.selections.isEmpty()).isTrue();
		assertThat(this.switched).containsExactly(1, 0);
	}

	@Test
	void thereAreNotTooManyAtATime() {
		Selection selection = new Selection(Who.ANYBODY, "nowhere", 1, null);
		IntStream.range(0, Selections.MOST).forEach((i) -> this.selections.add(selection));
		assertThatIllegalStateException().isThrownBy(() -> this.selections.add(selection))
			.withMessageContaining("expected");
		assertThat(this.selections.remove("7")).isEqualTo(1);
		assertThat(this.selections.remove("7")).isZero();
		assertThat(this.selections.remove("")).isEqualTo(Selections.MOST - 1);
	}

	private List<Integer> drawn() {
		return IntStream.range(0, 1000).filter((i) -> {
			HttpHeaders headers = new HttpHeaders();
			headers.set("Authorization", "Bearer opaque-token-number-" + i);
			return this.selections.cover(call(headers));
		}).boxed().toList();
	}

	private static Call call(HttpHeaders headers) {
		return new Call("mcp", "POST", "/mcp", headers, Login.of(headers));
	}

}
