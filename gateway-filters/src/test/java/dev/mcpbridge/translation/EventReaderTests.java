package dev.mcpbridge.translation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class EventReaderTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void everyLineEndIsOne(String end) {
		assertThat(events("event: endpoint|data: a|data:b||data|data: {}||".replace("|", end)))
			.containsExactly(new Event("endpoint", "a\nb", null, null), new Event("message", "\n{}", null, null));
	}

	@Test
	void anEventMaySayOnlyWhereItIs() {
		assertThat(events("id: 7\nretry: 500\n\nid: 8\ndata:\n\n")).containsExactly(
				new Event("message", "", "7", Duration.ofMillis(500)), new Event("message", "", "8", null));
		assertThat(events("id: 8\ndata: \n\n")).noneMatch(Event::isMessage);
	}

	@Test
	void commentsAndUnknownFieldsSayNothing() {
		assertThat(events(": keep-alive\n\nfoo: bar\n\nevent: message\n\n:\ndata: 1\n\n"))
			.containsExactly(new Event("message", "1", null, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "retry: soon", "retry: -1", "retry: 99999999999999999999", "retry:", "id: a\0b" })
	void aFieldThatIsNoneIsNotBelieved(String field) {
		assertThat(events(field + "\ndata: 1\n\n")).containsExactly(new Event("message", "1", null, null));
	}

	@Test
	void aByteOrderMarkIsNotPartOfTheFirstField() {
		assertThat(events("\ufeffdata: \ufeff1\n\n")).containsExactly(new Event("message", "\ufeff1", null, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "data: {\"id\":1", "data: {\"id\":1}\n", "data: {\"id\":1}\r\n" })
	void anEventTheUpstreamDiedInIsNone(String rest) {
		assertThat(events("data: 0\n\n" + rest)).containsExactly(new Event("message", "0", null, null));
	}

	@Test
	void bytesThatAreNoTextAreReplaced() {
		byte[] bytes = { 'd', 'a', 't', 'a', ':', (byte) 0xff, '\n', '\n' };
		DataBuffer buffer = DefaultDataBufferFactory.sharedInstance.wrap(bytes);
		StepVerifier.create(EventReader.over(Flux.just(buffer), DataSize.ofKilobytes(1)))
			.expectNext(new Event("message", "\ufffd", null, null))
			.expectComplete()
			.verify(PATIENCE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "data: 123456", "data: 1\ndata: 2", ": 1234567890" })
	void anEventAboveTheBoundEndsTheStream(String text) {
		StepVerifier.create(EventReader.over(Flux.just(buffer("data: 1\n\n"), buffer(text)), DataSize.ofBytes(11)))
			.expectNext(new Event("message", "1", null, null))
			.expectError(EventTooLargeException.class)
			.verify(PATIENCE);
	}

	@Test
	void whatIsNotKeptDoesNotCount() {
		String text = ": 12345678\n".repeat(9) + "data: 1234\n\n".repeat(9);
		StepVerifier.create(EventReader.over(Flux.just(buffer(text)), DataSize.ofBytes(11)))
			.expectNextCount(9)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void noMoreIsReadThanIsAskedFor() {
		Flux<DataBuffer> body = Flux.range(0, 100).map((n) -> buffer("data: " + n + "\n\n"));
		int[] read = { 0 };
		StepVerifier.create(EventReader.over(body.doOnNext((buffer) -> read[0]++), DataSize.ofBytes(11)), 1)
			.expectNextCount(1)
			.thenCancel()
			.verify(PATIENCE);
		assertThat(read[0]).isLessThanOrEqualTo(2);
	}

	private static List<Event> events(String text) {
		return EventReader.over(Flux.just(buffer(text)), DataSize.ofKilobytes(1)).toStream().toList();
	}

	private static DataBuffer buffer(String text) {
		return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

}
