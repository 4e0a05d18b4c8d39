package dev.mcpbridge.secret;

import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which marks are ours.
 */
class KeyedMarkTests {

	static final KeyRing ring = Keys.ring(Keys.rsa("rsa"), Keys.symmetric("oct"));

	final KeyedMark marks = new KeyedMark(() -> ring, "session");

	@Test
	void aMarkIsGoodForTheSameTextsAndAlwaysTheSame() {
		String mark = this.marks.of("grant", "session");
		assertThat(mark).matches("[\\w-]{22}").hasSize(KeyedMark.LENGTH).isEqualTo(this.marks.of("grant", "session"));
		assertThat(this.marks.isGood(mark, "grant", "session")).isTrue();
	}

	@Test
	void noTextRunsIntoTheNext() {
		String mark = this.marks.of("a", "bc");
		assertThat(this.marks.isGood(mark, "ab", "c")).isFalse();
		assertThat(this.marks.isGood(mark, "a", "b", "c")).isFalse();
		assertThat(this.marks.isGood(mark, "abc")).isFalse();
		assertThat(this.marks.isGood(mark, "", "abc")).isFalse();
		assertThat(this.marks.isGood(this.marks.of("a\u0000", "b"), "a", "\u0000b")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "\u0000", "AAAAAAAAAAAAAAAAAAAAAA", "ça" })
	void aMarkThatIsMadeUpIsNot(String mark) {
		assertThat(this.marks.isGood(mark, "grant", "session")).isFalse();
	}

	@Test
	void aMarkThatIsCutOrLongerIsNot() {
		String mark = this.marks.of("grant", "session");
		assertThat(this.marks.isGood(mark.substring(0, 21), "grant", "session")).isFalse();
		assertThat(this.marks.isGood(mark + "A", "grant", "session")).isFalse();
	}

	@Test
	void anotherPurposeAndAnotherRingMakeOtherMarks() {
		String mark = this.marks.of("grant", "session");
		assertThat(new KeyedMark(() -> ring, "other").isGood(mark, "grant", "session")).isFalse();
		KeyRing foreign = Keys.ring(Keys.rsa("rsa"), Keys.symmetric("oct"));
		assertThat(new KeyedMark(() -> foreign, "session").isGood(mark, "grant", "session")).isFalse();
	}

	@Test
	void anotherProcessWithTheSameKeysKnowsThem() {
		KeyRing copy = Keys.ring(ring.signingKey(), Keys.symmetric("unused"));
		KeyRing alone = Keys.ring(ring.signingKey());
		String mark = new KeyedMark(() -> alone, "session").of("grant", "session");
		assertThat(new KeyedMark(() -> copy, "session").isGood(mark, "grant", "session")).isTrue();
	}

	@Test
	void theNewestKeyMarksAndOldOnesRecogniseUntilTheyAreDropped() {
		KeyRing old = Keys.ring(Keys.rsa("old"));
		AtomicReference<KeyRing> keys = new AtomicReference<>(old);
		KeyedMark reloading = new KeyedMark(keys::get, "session");
		String before = reloading.of("grant", "session");
		keys.set(Keys.ring(Keys.symmetric("new"), old.signingKey()));
		String after = reloading.of("grant", "session");
		assertThat(after).isNotEqualTo(before);
		assertThat(reloading.isGood(before, "grant", "session")).isTrue();
		assertThat(reloading.isGood(after, "grant", "session")).isTrue();
		keys.set(Keys.ring(Keys.rsa("third")));
		assertThat(reloading.isGood(before, "grant", "session")).isFalse();
	}

}
