package dev.mcpbridge.translation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class EventReaderProperties {

	@Property
	void anyCutGivesTheSameEvents(@ForAll("streams") String stream, @ForAll List<Integer> cuts) {
		byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
		assertThat(events(pieces(bytes, cuts))).isEqualTo(events(List.of(buffer(bytes, 0, bytes.length))));
	}

	@Property
	void anyTextOfOneLineArrives(@ForAll("lines") String text) {
		byte[] bytes = ("data: " + text + "\n\n").getBytes(StandardCharsets.UTF_8);
		assertThat(events(List.of(buffer(bytes, 0, bytes.length)))).extracting(Event::data).containsExactly(text);
	}

	@Provide
	Arbitrary<String> streams() {
		return Arbitraries
			.of("event: message", "event:endpoint", "data: {\"ü\":\"\ud83d\ude00\"}", "data:", "id: 1", "retry: 5",
					": hi", "x", "\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\r\r", "\ufeff")
			.list()
			.ofMaxSize(30)
			.map((parts) -> String.join("", parts));
	}

	@Provide
	Arbitrary<String> lines() {
		return Arbitraries.strings().excludeChars('\r', '\n').filter(EventReaderProperties::isText);
	}

	private static boolean isText(String text) {
		return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text);
	}

	private static List<Event> events(List<DataBuffer> body) {
		return EventReader.over(Flux.fromIterable(body), DataSize.ofMegabytes(1)).toStream().toList();
	}

	private static List<DataBuffer> pieces(byte[] bytes, List<Integer> cuts) {
		int[] ends = cuts.stream().mapToInt((cut) -> Math.floorMod(cut, bytes.length + 1)).sorted().toArray();
		List<DataBuffer> pieces = new ArrayList<>();
		int from = 0;
		for (int end : ends) {
			pieces.add(buffer(bytes, from, end));
			from = end;
		}
		pieces.add(buffer(bytes, from, bytes.length));
		return pieces;
	}

	private static DataBuffer buffer(byte[] bytes, int from, int to) {
		return DefaultDataBufferFactory.sharedInstance.wrap(Arrays.copyOfRange(bytes, from, to));
	}

}
