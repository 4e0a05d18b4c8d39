package dev.mcpbridge.policy.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

class EventRewriterProperties {

	private static final String LIST = """
			{"jsonrpc":"2.0","id":7,"result":{"tools":[{"name":"a","n":1.50},{"name":"b"}],"nextCursor":"c"}}""";

	private static final String SHORTER = """
			{"jsonrpc":"2.0","id":7,"result":{"tools":[{"name":"a","n":1.50}],"nextCursor":"c"}}""";

	private final AnswerRewriter answers = new AnswerRewriter(
			(tools) -> tools.stream().filter((tool) -> tool.path("name").asString().equals("a")).toList());

	@Property(tries = 300)
	void whatIsNoListPassesByteForByteAtAnyCut(@ForAll("events") List<String> events,
			@ForAll("sizes") List<Integer> cuts) {
		String text = String.join("", events);
		assertThat(rewritten(text, cuts)).isEqualTo(text);
	}

	@Property(tries = 300)
	void aListIsFoundAtAnyCut(@ForAll("events") List<String> before, @ForAll("events") List<String> after,
			@ForAll("ends") String end, @ForAll("sizes") List<Integer> cuts) {
		String list = "id: 1" + end + "event: message" + end + "data: " + LIST + end + end;
		String first = String.join("", before);
		String last = String.join("", after);
		// a line feed that belongs to the end of the list goes with what follows
		String expected = first + "id: 1\nevent: message\ndata: " + SHORTER + "\n\n" + (end.equals("\r\n") ? "\n" : "")
				+ last;
		assertThat(rewritten(first + list + last, cuts)).isEqualTo(expected);
	}

	@Example
	void anEventThatBreaksOffHidesNothing() {
		assertThat(rewritten("data: " + LIST + "\n", List.of(5))).isEqualTo("data: " + SHORTER + "\n\n");
	}

	@Example
	void aListInSeveralLinesOfDataIsFound() {
		String lines = "data: " + LIST.replace(",\"result\"", ",\ndata: \"result\"") + "\n\n";
		assertThat(rewritten(lines, List.of(9))).isEqualTo("data: " + SHORTER + "\n\n");
	}

	@Example
	void anEventAboveTheBoundEndsTheStream() {
		Flux<DataBuffer> body = pieces("data: " + "x".repeat(100), List.of(10));
		StepVerifier.create(EventRewriter.over(body, DefaultDataBufferFactory.sharedInstance, this.answers, 50))
			.expectError(UnreadableAnswerException.class)
			.verify(Duration.ofSeconds(10));
	}

	@Provide
	Arbitrary<List<String>> events() {
		return Arbitraries
			.of("data: {\"a\":1}\n\n", ": keep-alive\n\n", "event: endpoint\r\ndata: /x?y\r\n\r\n", "data:\n\n",
					"id: 4\ndata: {\"result\":{\"content\":[{\"text\":\"tools\"}]}}\n\n", "data: a\rdata: b\r\r",
					"retry: 5\n\n", "\n", "data: {\"jsonrpc\":\"2.0\",\"result\":{\"tools\":{}}}\n\n")
			.list()
			.ofMaxSize(4);
	}

	@Provide
	Arbitrary<String> ends() {
		return Arbitraries.of("\n", "\r\n", "\r");
	}

	@Provide
	Arbitrary<List<Integer>> sizes() {
		return Arbitraries.integers().between(1, 40).list().ofMinSize(1).ofMaxSize(10);
	}

	private String rewritten(String text, List<Integer> cuts) {
		List<DataBuffer> buffers = Objects.requireNonNull(
				EventRewriter.over(pieces(text, cuts), DefaultDataBufferFactory.sharedInstance, this.answers, 10_000)
					.collectList()
					.block(Duration.ofSeconds(10)));
		StringBuilder all = new StringBuilder();
		buffers.forEach((buffer) -> all.append(buffer.toString(StandardCharsets.UTF_8)));
		return all.toString();
	}

	private static Flux<DataBuffer> pieces(String text, List<Integer> cuts) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		List<DataBuffer> pieces = new ArrayList<>();
		int begin = 0;
		for (int index = 0; begin < bytes.length; index++) {
			int end = Math.min(bytes.length, begin + cuts.get(index % cuts.size()));
			pieces.add(DefaultDataBufferFactory.sharedInstance.wrap(Arrays.copyOfRange(bytes, begin, end)));
			begin = end;
		}
		return Flux.fromIterable(pieces);
	}

}
