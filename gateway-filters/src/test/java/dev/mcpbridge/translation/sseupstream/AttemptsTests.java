package dev.mcpbridge.translation.sseupstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptsTests {

	private final Attempts attempts = new Attempts(new SplittableRandom(1));

	@Test
	void theFirstIsMadeAtOnceAndTheOthersLaterAndLater() {
		List<Duration> pauses = new ArrayList<>();
		while (this.attempts.isLeft()) {
			pauses.add(this.attempts.next());
		}
		assertThat(pauses).hasSize(6);
		assertThat(pauses.get(0)).isZero();
		for (int index = 1; index < 6; index++) {
			Duration base = Duration.ofSeconds(1L << (index - 1));
			assertThat(pauses.get(index)).isBetween(base, base.plus(base.dividedBy(4)));
		}
	}

	@Test
	void afterASuccessTheNextIsTheFirst() {
		while (this.attempts.isLeft()) {
			this.attempts.next();
		}
		this.attempts.succeeded();
		assertThat(this.attempts.isLeft()).isTrue();
		assertThat(this.attempts.next()).isZero();
	}

}
