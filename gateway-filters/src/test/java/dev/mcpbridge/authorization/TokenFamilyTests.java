package dev.mcpbridge.authorization;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.mcpbridge.authorization.TokenFamily.Place;
import dev.mcpbridge.secret.Keys;
import dev.mcpbridge.secret.SealedBox;
import dev.mcpbridge.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TokenFamilyTests {

	static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

	static final Duration GRACE = Duration.ofHours(2);

	static final TokenResponse ANSWER = new TokenResponse(Secret.of("bridge"), START.getEpochSecond(),
			START.getEpochSecond() + 3240, Secret.of("refresh"), "read");

	@Test
	void theNewestIsReplaced() {
		assertThat(place(TokenFamily.begun(ANSWER), 1, START)).isEqualTo(Place.NEWEST);
	}

	@Test
	void oneReplacedLatelyGetsTheSameAnswer() {
		TokenFamily family = rotated(2, Duration.ofHours(1));
		assertThat(family.newest()).isEqualTo(3);
		assertThat(place(family, 3, START.plus(Duration.ofHours(1)))).isEqualTo(Place.NEWEST);
		assertThat(place(family, 2, START.plus(Duration.ofHours(1)))).isEqualTo(Place.REPLACED);
		assertThat(place(family, 1, START.plus(Duration.ofHours(1)))).isEqualTo(Place.REPLACED);
	}

	@Test
	void theGraceOfEachTokenCountsFromItsOwnReplacement() {
		TokenFamily family = rotated(2, Duration.ofHours(1));
		Instant end = START.plus(GRACE);
		assertThat(place(family, 1, end)).isEqualTo(Place.REPLACED);
		assertThat(place(family, 1, end.plusMillis(1))).isEqualTo(Place.REPLAYED);
		assertThat(place(family, 2, end.plusMillis(1))).isEqualTo(Place.REPLACED);
	}

	@Test
	void whatWasPresentedWithinTheGraceIsNoReplayAlthoughAnotherIsReplacedMeanwhile() {
		Instant end = START.plus(GRACE);
		TokenFamily family = rotated(1, GRACE).replaced(2, ANSWER, end.plusMillis(5), GRACE);
		assertThat(place(family, 1, end)).isEqualTo(Place.REPLACED);
		assertThat(place(family, 1, end.plusMillis(1))).isEqualTo(Place.REPLAYED);
	}

	@Test
	void whatIsOutOfTheGraceIsNoLongerRememberedButStillAReplay() {
		TokenFamily family = rotated(5, Duration.ofMinutes(61));
		assertThat(family.replacedAt()).hasSize(2);
		assertThat(place(family, 1, START.plus(Duration.ofHours(5)))).isEqualTo(Place.REPLAYED);
	}

	@Test
	void whatWasReplacedAfterItWasPresentedIsNoReplayEvenWithoutGrace() {
		TokenFamily family = TokenFamily.begun(ANSWER).replaced(1, ANSWER, START.plusMillis(5), Duration.ZERO);
		assertThat(family.placeOf(1, START, Duration.ZERO)).isEqualTo(Place.REPLACED);
		assertThat(family.placeOf(1, START.plusMillis(6), Duration.ZERO)).isEqualTo(Place.REPLAYED);
	}

	@Test
	void whereMoreWereReplacedThanAreRememberedTheOldestAreForgotten() {
		TokenFamily family = rotated(TokenFamily.MAX_REMEMBERED + 8, Duration.ofMinutes(1));
		Instant now = START.plus(Duration.ofMinutes(40));
		assertThat(family.replacedAt()).hasSize(TokenFamily.MAX_REMEMBERED);
		assertThat(place(family, 9, now)).isEqualTo(Place.REPLACED);
		assertThat(place(family, 8, now)).isEqualTo(Place.FORGOTTEN);
		assertThat(place(family, 8, now.plus(GRACE))).as("all of them are out of the grace").isEqualTo(Place.REPLAYED);
	}

	@Test
	void ofAFamilyTheStoreLostNothingOlderIsCalledAReplay() {
		TokenFamily family = TokenFamily.after(7, ANSWER, START);
		assertThat(place(family, 8, START)).isEqualTo(Place.NEWEST);
		assertThat(place(family, 7, START)).isEqualTo(Place.REPLACED);
		assertThat(place(family, 6, START)).isEqualTo(Place.FORGOTTEN);
		assertThat(place(family, 7, START.plus(GRACE).plusMillis(1))).isEqualTo(Place.REPLAYED);
	}

	@Test
	void aTokenTheStoreDoesNotKnowYetIsTheNewest() {
		TokenFamily family = rotated(2, Duration.ofMinutes(1));
		assertThat(place(family, 9, START)).isEqualTo(Place.NEWEST);
		TokenFamily caughtUp = family.replaced(9, ANSWER, START.plusSeconds(90), GRACE);
		assertThat(caughtUp.newest()).isEqualTo(10);
		assertThat(place(caughtUp, 3, START.plusSeconds(90))).isEqualTo(Place.FORGOTTEN);
	}

	@ParameterizedTest
	@CsvSource({ "3240, 3180, true", "3240, 3181, false", "100, 75, true", "100, 76, false", "1, 0, true",
			"60, 60, false" })
	void aBridgeTokenIsGivenAgainWhileItLivesLongEnough(long life, long age, boolean worth) {
		long issued = START.getEpochSecond();
		TokenResponse answer = new TokenResponse(Secret.of("b"), issued, issued + life, null, "");
		assertThat(answer.isWorthGiving(START.plusSeconds(age))).isEqualTo(worth);
		assertThat(answer.members(START.plusSeconds(age))).containsEntry("expires_in", life - age);
	}

	@Test
	void aFamilyComesBackFromItsSeal() {
		var ring = Keys.ring(Keys.rsa("sign"), Keys.symmetric("seal"));
		SealedBox<TokenFamily> box = new SealedBox<>(() -> ring, "refresh-family", TokenFamily.class);
		TokenFamily family = rotated(3, Duration.ofMinutes(1));
		assertThat(box.open(box.seal(family))).contains(family);
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1 })
	void aFamilyWithoutATokenIsNone(long newest) {
		assertThatIllegalArgumentException().isThrownBy(() -> new TokenFamily(newest, 1, List.of(), ANSWER));
	}

	private static Place place(TokenFamily family, long number, Instant presented) {
		return family.placeOf(number, presented, GRACE);
	}

	/** A family whose newest token was replaced so often, from the start on. */
	private static TokenFamily rotated(int times, Duration apart) {
		TokenFamily family = TokenFamily.begun(ANSWER);
		for (int count = 0; count < times; count++) {
			family = family.replaced(family.newest(), ANSWER, START.plus(apart.multipliedBy(count)), GRACE);
		}
		return family;
	}

}
