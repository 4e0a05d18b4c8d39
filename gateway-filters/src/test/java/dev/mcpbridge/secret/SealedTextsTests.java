package dev.mcpbridge.secret;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Long texts that only we read, where they belong.
 */
class SealedTextsTests {

	private static final int MAX = 1_000_000;

	private final KeyRing ring = Keys.ring(Keys.rsa("rsa"));

	private final SealedTexts texts = new SealedTexts(() -> this.ring, "text", MAX);

	@Test
	void whatWasSealedOpensInItsPlace() {
		String sealed = this.texts.seal("a {\"b\"}", "\u20ac \ud83d\ude00");
		assertThat(sealed).matches("[A-Za-z0-9_.-]+");
		assertThat(this.texts.open("a {\"b\"}", sealed)).contains("\u20ac \ud83d\ude00");
		assertThat(this.texts.open("b", sealed)).isEmpty();
		assertThat(this.texts.open("b", this.texts.seal("b", ""))).contains("");
	}

	@Test
	void aTextAsLongAsItMayBeOpens() {
		String text = "x".repeat(MAX);
		assertThat(this.texts.open("a", this.texts.seal("a", text))).contains(text);
		String longer = this.texts.seal("a", text.repeat(2));
		assertThat(this.texts.open("a", longer)).isEmpty();
	}

	@Test
	void aChangedPlaceDoesNotOpen() {
		String[] parts = this.texts.seal("a", "text").split("\\.", 2);
		String other = this.texts.seal("b", "text").split("\\.", 2)[0];
		assertThat(this.texts.open("b", other + "." + parts[1])).isEmpty();
	}

	@Test
	void whatWasSealedForAnotherPurposeOrByAnotherKeyDoesNotOpen() {
		String sealed = this.texts.seal("a", "text");
		assertThat(new SealedTexts(() -> this.ring, "other", MAX).open("a", sealed)).isEmpty();
		KeyRing others = Keys.ring(Keys.rsa("other"));
		SealedTexts late = new SealedTexts(() -> others, "text", MAX);
		assertThat(late.open("a", sealed)).isEmpty();
		assertThat(late.isOfMissingKey(sealed)).isTrue();
		assertThat(this.texts.isOfMissingKey(sealed)).isFalse();
		assertThat(this.texts.isOfMissingKey("nothing of ours")).isFalse();
		assertThat(this.texts.open("a", null)).isEmpty();
	}

	@Test
	void aRecordOfTheSamePurposeIsNoText() {
		SealedBox<SealedBoxProperties.Note> box = new SealedBox<>(() -> this.ring, "text",
				SealedBoxProperties.Note.class);
		String sealed = box.seal(new SealedBoxProperties.Note(Secret.of("text"), 1));
		assertThat(this.texts.open("a", sealed)).isEmpty();
	}

}
