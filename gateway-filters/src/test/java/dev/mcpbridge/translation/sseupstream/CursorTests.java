package dev.mcpbridge.translation.sseupstream;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CursorTests {

	private static final Awaited TWO = new Awaited(
			List.of(new Awaited.Call("1", "\"p\""), new Awaited.Call("\"a:b\"", "")));

	@Test
	void whatIsWrittenIsRead() {
		for (Cursor cursor : List.of(new Cursor("17-0", null), new Cursor("17-0", TWO),
				new Cursor("17-0", new Awaited(List.of())))) {
			String id = cursor.id("session").orElseThrow();
			assertThat(id).matches("[\\x21-\\x7e]+");
			assertThat(Cursor.parse(id, "session")).contains(cursor);
			assertThat(Cursor.parse(id, "another")).isEmpty();
		}
	}

	@Test
	void noCharacterCanBeChanged() {
		String id = new Cursor("17-0", TWO).id("session").orElseThrow();
		for (int index = 0; index < id.length(); index++) {
			char other = (id.charAt(index) == 'A') ? 'B' : 'A';
			assertThat(Cursor.parse(id.substring(0, index) + other + id.substring(index + 1), "session")).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":", "::", ":::", "17-0", "17-0::", "\u0000:\uffff:" })
	void whatIsNoneIsNone(String id) {
		assertThat(Cursor.parse(id, "session")).isEmpty();
	}

	@Test
	void whatWouldNotFitIntoAHeaderIsNotWritten() {
		Awaited many = new Awaited(
				IntStream.range(0, 500).mapToObj((id) -> new Awaited.Call(String.valueOf(id), "")).toList());
		assertThat(new Cursor("17-0", many).id("session")).isEmpty();
	}

}
