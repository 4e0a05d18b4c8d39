package dev.mcpbridge.stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventBoundaryTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "\n", "\r\n", "data: 1\n\n", "data: 1\r\n\r\n", "data: 1\r\r", ": ping\n\n",
			"data: 1\r\n\n", "data: 1\n\r\n" })
	void aBlankLineThatIsOverIsABoundary(String stream) {
		assertThat(isBetween(stream)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "d", "data: 1", "data: 1\n", "data: 1\r\n", "data: 1\r\n\r", "data: 1\r", "data: 1\n\r",
			"data: 1\n\nd", "data: 1\n\ndata: 2\n" })
	void anythingElseIsNone(String stream) {
		assertThat(isBetween(stream)).isFalse();
	}

	@Test
	void whatWasReadAlreadyDoesNotCount() {
		EventBoundary boundary = new EventBoundary();
		boundary.advance(Texts.buffer("xdata: 1\n\n").readPosition(1));
		assertThat(boundary.isBetweenEvents()).isTrue();
		boundary.advance(Texts.buffer("\n\nx").readPosition(2));
		assertThat(boundary.isBetweenEvents()).isFalse();
	}

	private static boolean isBetween(String stream) {
		EventBoundary whole = new EventBoundary();
		whole.advance(Texts.buffer(stream));
		EventBoundary cut = new EventBoundary();
		stream.chars().forEach((next) -> cut.advance(Texts.buffer(Character.toString(next))));
		assertThat(cut.isBetweenEvents()).isEqualTo(whole.isBetweenEvents());
		return whole.isBetweenEvents();
	}

}
