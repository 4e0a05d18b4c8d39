package dev.mcpbridge.secret;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No change survives a seal.
 */
class SealedBoxProperties {

	static final String URL_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	static final KeyRing ring = Keys.ring(Keys.rsa("rsa"), Keys.symmetric("oct"));

	final SealedBox<Note> box = new SealedBox<>(() -> ring, "note", Note.class);

	@Property(tries = 300)
	void whatWasSealedOpens(@ForAll @NotEmpty @StringLength(max = 500) String text, @ForAll long number) {
		Note note = new Note(Secret.of(text.replaceAll("[\\ud800-\\udfff]", "?")), number);
		assertThat(this.box.open(this.box.seal(note))).contains(note);
	}

	/** The last character of a part may hold bits that encode nothing. */
	@Property(tries = 30)
	void aChangeAtAnyPositionNeverOpens(@ForAll @CharRange(from = 'a', to = 'z') @NotEmpty String text) {
		Note note = new Note(Secret.of(text), 1);
		String sealed = this.box.seal(note);
		for (int index = 0; index < sealed.length(); index++) {
			String changed = sealed.substring(0, index) + other(sealed.charAt(index)) + sealed.substring(index + 1);
			assertThat(this.box.open(changed)).as("position %d", index).isEmpty();
		}
	}

	@Property(tries = 300)
	void noPartOfItOpens(@ForAll long from, @ForAll long to) {
		String sealed = this.box.seal(new Note(Secret.of("text"), 1));
		int begin = Math.floorMod(from, sealed.length());
		int end = begin + Math.floorMod(to, sealed.length() - begin);
		assertThat(this.box.open(sealed.substring(begin, end))).isEmpty();
	}

	@Property(tries = 500)
	void noTextFromOutsideOpensOrFails(@ForAll @StringLength(max = 200) String text) {
		assertThat(this.box.open(text)).isEmpty();
	}

	@Property(tries = 500)
	void noTextInFivePartsOpensOrFails(@ForAll @StringLength(max = 40) String header,
			@ForAll @CharRange(from = 'A', to = 'Z') @StringLength(max = 40) String rest) {
		assertThat(this.box.open("%s..%s.%s.%s".formatted(header, rest, rest, rest))).isEmpty();
	}

	/** A character that differs in the highest of its six bits, which always counts. */
	private static char other(char character) {
		int value = URL_SAFE.indexOf(character);
		return (value < 0) ? 'A' : URL_SAFE.charAt(value ^ 32);
	}

	record Note(Secret text, long number) {

	}

}
