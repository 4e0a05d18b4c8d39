package dev.mcpbridge.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class RecordProperties {

	static final Instant NOW = Instant.parse("2026-11-23T03:37:03.217Z");

	static final String TOKEN = "5cab6ba65d3a4c096bc47e88:yOCe683ffO8tD1fX:P6nFkk7Bi44MF5DTyaXnIjvvFC6HPXL7";

	static final Pseudonyms PSEUDONYMS = new Pseudonyms(
			(text) -> Integer.toHexString(text.hashCode()) + "0".repeat(16));

	@Property(tries = 60)
	void everyTwoPartsOfAStreamAreTheSameRecord(@ForAll("streams") String stream) {
		byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
		List<String> whole = recorded(List.of(bytes), true, 1000);
		assertThat(String.join("\n", whole)).doesNotContain("P6nFkk7Bi44M");
		for (int cut = 0; cut <= bytes.length; cut++) {
			List<byte[]> parts = List.of(Arrays.copyOfRange(bytes, 0, cut),
					Arrays.copyOfRange(bytes, cut, bytes.length));
			assertThat(recorded(parts, true, 1000)).isEqualTo(whole);
		}
	}

	@Property(tries = 200)
	void anyPartsOfABodyAreTheSameRecord(@ForAll("bodies") String body, @ForAll("cuts") Set<Integer> cuts) {
		List<String> whole = recorded(List.of(body.getBytes(StandardCharsets.UTF_8)), false, 1000);
		assertThat(whole).hasSize(2);
		assertThat(recorded(parts(body, cuts), false, 1000)).isEqualTo(whole);
	}

	@Property(tries = 200)
	void whereverTheBoundIsNoSecretIsCutOpen(@ForAll("streams") String stream, @ForAll("bounds") int bound) {
		List<String> lines = recorded(List.of(stream.getBytes(StandardCharsets.UTF_8)), true, bound);
		for (int from = 0; from + 12 <= TOKEN.length(); from++) {
			assertThat(String.join("\n", lines)).doesNotContain(TOKEN.substring(from, from + 12));
		}
	}

	@Property
	void aCutFieldTellsNothingWhicheverItIs(@ForAll("bounds") int bound) {
		for (String field : List.of("event", "id", "data", "event: endpoint\ndata")) {
			String stream = "%s: the token is %s it is\ndata: {}\n\n".formatted(field, TOKEN);
			String lines = String.join("\n", recorded(List.of(stream.getBytes(StandardCharsets.UTF_8)), true, bound));
			for (int from = 0; from + 12 <= TOKEN.length(); from++) {
				assertThat(lines).as(field).doesNotContain(TOKEN.substring(from, from + 12));
			}
		}
	}

	@Property(tries = 200)
	void afterAGapEventsAreWhole(@ForAll("streams") String stream, @ForAll("cuts") Set<Integer> cuts) {
		List<byte[]> parts = parts(stream, cuts);
		EventSplitter whole = new EventSplitter(1000);
		List<SseEvent> all = parts.stream().flatMap((part) -> whole.feed(part).stream()).toList();
		EventSplitter gapped = new EventSplitter(1000);
		List<SseEvent> some = new ArrayList<>();
		for (int i = 0; i < parts.size(); i++) {
			if (i == 1) {
				gapped.gap();
			}
			else {
				some.addAll(gapped.feed(parts.get(i)));
			}
		}
		assertThat(all).containsAll(some);
	}

	private static List<String> recorded(List<byte[]> parts, boolean stream, int limit) {
		List<String> lines = new ArrayList<>();
		Scribe scribe = new Scribe(PSEUDONYMS, RedactionRules.standard(), limit);
		Capture capture = new Capture(new TrafficQueue(1_000_000, RecordListener.NONE), InstantSource.fixed(NOW), "x-1",
				limit);
		Call call = new Call("mcp", "POST", "/mcp", new HttpHeaders(), Login.of(new HttpHeaders()));
		Piece.Begun begun = new Piece.Begun(capture, NOW, call);
		Transcript transcript = new Transcript(begun, scribe, (line) -> lines.add(line.toString()));
		long free = transcript.take(begun);
		free += transcript.take(new Piece.Asked(capture, NOW, 0));
		free += transcript.take(new Piece.Answered(capture, NOW, 200, new HttpHeaders(), stream));
		long weight = begun.weight() + 2 * Piece.SMALL;
		for (byte[] part : parts) {
			Piece piece = new Piece.Bytes(capture, NOW, false, part, 0);
			weight += piece.weight();
			free += transcript.take(piece);
		}
		free += transcript.take(new Piece.Ended(capture, NOW, Piece.End.COMPLETE, 0));
		assertThat(free).isEqualTo(weight);
		return lines;
	}

	private static List<byte[]> parts(String text, Set<Integer> cuts) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		List<byte[]> parts = new ArrayList<>();
		int from = 0;
		for (int cut : new TreeSet<>(cuts)) {
			if (cut < bytes.length) {
				parts.add(Arrays.copyOfRange(bytes, from, cut));
				from = cut;
			}
		}
		parts.add(Arrays.copyOfRange(bytes, from, bytes.length));
		return parts;
	}

	@Provide
	Arbitrary<String> streams() {
		Arbitrary<String> end = Arbitraries.of("\n", "\r", "\r\n");
		Arbitrary<String> line = Arbitraries.of("data: {\"a\":1}", "data: x", "data:\u00e9\u4e16", "data", ": note",
				"id: 7", "event: message", "retry: 3", "data: {\"access_token\":\"" + TOKEN + "\"}",
				"data: the token is " + TOKEN + " it is", "event: endpoint", "data: /sse/message?sessionId=" + TOKEN);
		Arbitrary<List<String>> event = line.list().ofMaxSize(4);
		return Combinators.combine(Arbitraries.of("", "\ufeff", "|"), event.list().ofMaxSize(3), end)
			.as((start, events, ends) -> {
				StringBuilder stream = new StringBuilder(start);
				events.forEach((lines) -> {
					lines.forEach((text) -> stream.append(text).append('|'));
					stream.append('|');
				});
				return stream.toString().replace("|", ends);
			});
	}

	@Provide
	Arbitrary<String> bodies() {
		return Arbitraries.of("{\"a\":\"\u00e9\u4e16\"}", "{\"token\":\"" + TOKEN + "\"}", "text " + TOKEN, "", "{",
				"[1,2.50,{\"e\":\"jane@example.com\"}]");
	}

	@Provide
	Arbitrary<Set<Integer>> cuts() {
		return Arbitraries.integers().between(0, 120).set().ofMaxSize(8);
	}

	@Provide
	Arbitrary<Integer> bounds() {
		return Arbitraries.integers().between(1, 200);
	}

}
