package dev.mcpbridge.stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PassingEventsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '>', textBlock = """
			data: 1|| > 1
			data|| > 1
			event: message|data: 1|id: 7|| > 1
			data: 1||data: 2|| > 2
			data: 1||||data: 2||| > 2
			: ping|| > 0
			: data: 1|| > 0
			event: message|| > 0
			data: 1| > 0
			data: 1||data: 2| > 1
			|data: 1|| > 1
			""")
	void anEventEndsInABlankLineAndHasData(String stream, int events) {
		for (String end : new String[] { "\n", "\r", "\r\n" }) {
			PassingEvents count = new PassingEvents();
			assertThat(count.advance(Texts.buffer(stream.replace("|", end)))).isEqualTo(events);
		}
	}

	@Test
	void whatWasReadAlreadyDoesNotCountAndNothingIsRead() {
		var buffer = Texts.buffer("data: 1\n\ndata: 2\n\n").readPosition(9);
		assertThat(new PassingEvents().advance(buffer)).isOne();
		assertThat(buffer.readPosition()).isEqualTo(9);
	}

	@ParameterizedTest
	@ValueSource(strings = { "data: {}||event: endpoint|data: /x|", "data: {}||data: /x|event:endpoint|",
			"event: endpoint|data: /sse||event: EndPoint |", "data: {}||event:    endpoint|",
			"data: {}||: ping||event: endpoint|" })
	void anEndpointThatIsNotTheFirstEventIsFoundBeforeItEnds(String stream) {
		assertThat(hasLateEndpoint(stream)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "event: endpoint|data: /sse||data: {}||", "event: endpoint||event: endpoint|data: /sse||",
			"data: {}||event: endpoint", "data: {}||event: endpoints|", "data: {}||event: message|data: endpoint||",
			"data: {}||data: event: endpoint||", "data: {}||Event: endpoint|", "data: {}||event|: endpoint||" })
	void othersAreNone(String stream) {
		assertThat(hasLateEndpoint(stream)).isFalse();
	}

	private static boolean hasLateEndpoint(String stream) {
		for (String end : new String[] { "\n", "\r", "\r\n" }) {
			PassingEvents whole = new PassingEvents();
			whole.advance(Texts.buffer(stream.replace("|", end)));
			PassingEvents cut = new PassingEvents();
			stream.replace("|", end).chars().forEach((next) -> cut.advance(Texts.buffer(Character.toString(next))));
			assertThat(cut.hasLateEndpoint()).isEqualTo(whole.hasLateEndpoint());
		}
		PassingEvents passing = new PassingEvents();
		passing.advance(Texts.buffer(stream.replace("|", "\n")));
		return passing.hasLateEndpoint();
	}

}
