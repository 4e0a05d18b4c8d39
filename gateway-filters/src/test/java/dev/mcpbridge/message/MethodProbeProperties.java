package dev.mcpbridge.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However a body is cut and written, its method is the same.
 */
class MethodProbeProperties {

	private static final JsonMapper PLAIN = JsonMapper.shared();

	private static final JsonMapper ESCAPED = JsonMapper.builder()
		.enable(JsonWriteFeature.ESCAPE_NON_ASCII, JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
		.build();

	@Property(tries = 2000)
	void theMethodIsTheOneOfTheOutermostMember(@ForAll("messages") Map<String, Object> message,
			@ForAll("cuts") Set<Integer> cuts, @ForAll boolean escaped) {
		String text = (escaped ? ESCAPED : PLAIN).writeValueAsString(message);
		Object method = message.get("method");
		McpMethod expected = !message.containsKey("method") ? McpMethod.NONE
				: (method instanceof String name) ? McpMethod.of(name) : McpMethod.OTHER;
		assertThat(seen(text.getBytes(StandardCharsets.UTF_8), cuts)).isEqualTo(expected);
	}

	@Property(tries = 2000)
	void whatIsNoMessageIsTheSameInOnePieceAndInMany(@ForAll("nonsense") String text,
			@ForAll("cuts") Set<Integer> cuts) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		assertThat(seen(bytes, cuts)).isEqualTo(seen(bytes, Set.of()));
	}

	@Provide
	Arbitrary<Map<String, Object>> messages() {
		Arbitrary<Object> word = Arbitraries
			.<Object>of("tools/call", "tools/list", "initialize", "ping", "none", "batch", "other", "Füße/häß", "", 7,
					true)
			.injectNull(0.1);
		Arbitrary<String> name = Arbitraries.of("method", "id", "params", "jsonrpc", "Method", "meth\u00f6d", "");
		return Arbitraries.maps(name, Arbitraries.recursive(() -> word, (value) -> nested(name, value), 0, 3))
			.map((members) -> new LinkedHashMap<String, Object>(members));
	}

	@Provide
	Arbitrary<String> nonsense() {
		return Arbitraries
			.of("{", "}", "[", "]", "\"method\"", ":", ",", "\"ping\"", "1", "-", "nul", "\\", "\u00e9", " ", "\"")
			.list()
			.ofMaxSize(12)
			.map((parts) -> String.join("", parts));
	}

	@Provide
	Arbitrary<Set<Integer>> cuts() {
		return Arbitraries.integers().between(0, 150).set().ofMaxSize(30);
	}

	private static Arbitrary<Object> nested(Arbitrary<String> name, Arbitrary<Object> value) {
		Arbitrary<Object> object = Arbitraries.maps(name, value).ofMaxSize(3).map((members) -> members);
		Arbitrary<Object> list = value.list().ofMaxSize(3).map((members) -> members);
		return Arbitraries.oneOf(object, list);
	}

	private static McpMethod seen(byte[] body, Set<Integer> cuts) {
		MethodProbe probe = new MethodProbe();
		int from = 0;
		for (int cut : new TreeSet<>(cuts)) {
			int to = Math.min(cut, body.length);
			probe.look(DefaultDataBufferFactory.sharedInstance.wrap(Arrays.copyOfRange(body, from, to)));
			from = to;
		}
		probe.look(DefaultDataBufferFactory.sharedInstance.wrap(Arrays.copyOfRange(body, from, body.length)));
		return Objects.requireNonNull(probe.method());
	}

}
