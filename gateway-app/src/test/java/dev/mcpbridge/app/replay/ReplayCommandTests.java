package dev.mcpbridge.app.replay;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.mcpbridge.policy.ToolClasses;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayCommandTests {

	private static final String HEADING = "{\"type\":\"recording\",\"v\":1,\"time\":\"2026-11-23T03:37:03Z\"}\n";

	private final Path file;

	ReplayCommandTests(@TempDir Path directory) {
		this.file = directory.resolve("mcp-traffic-x.jsonl");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "; file: none", "a.jsonl; --against: none", "a.jsonl --against; option: --against",
					"a.jsonl --against=ftp://x; --against",
					"a.jsonl --against=http://localhost:1 --nonsense; option: --nonsense",
					"a.jsonl --against http://localhost:1 --against http://localhost:1; given twice",
					"a.jsonl --against=http://localhost:1 --patience=soon; --patience: soon",
					"a.jsonl --against=http://localhost:1 --token-from=env:NONE; --token-from: env:NONE",
					"a.jsonl --against=http://localhost:1 --token-from=secret; --token-from",
					"a.jsonl --against=http://localhost:1 --json=/nowhere/x; --json",
					"a.jsonl --against=http://localhost:1; a.jsonl: no recording" })
	void whatCannotBeUsedIsSaidInOneLine(@Nullable String arguments, String said) {
		List<String> words = (arguments == null) ? List.of() : List.of(arguments.split(" "));
		ReplayRun run = ReplayRun.of(words, Map.of());
		assertThat(run.status()).isEqualTo(2);
		assertThat(run.errors()).contains(said).contains("(expected: ").hasLineCount(1);
	}

	@Test
	void aServiceThatIsNotThereIsNoDifference() throws IOException {
		Files.writeString(this.file, HEADING + exchange("ping", "{}"));
		ReplayRun run = ReplayRun.of(List.of(this.file.toString(), "--against=http://localhost:" + freePort()),
				Map.of());
		assertThat(run.status()).isEqualTo(2);
		assertThat(run.errors()).contains("cannot be reached");
	}

	@Test
	void aRecordingThatSaysNothingIsNoSuccess() throws IOException {
		Files.writeString(this.file,
				HEADING + exchange("tools/call", "{\"name\":\"createJiraIssue\",\"arguments\":{}}"));
		ReplayRun run = ReplayRun.of(List.of(this.file.toString(), "--against=http://localhost:1"), Map.of());
		assertThat(run.status()).isEqualTo(2);
		assertThat(run.out()).contains("createJiraIssue does not only read");
	}

	@Test
	void whatMayChangeSomethingIsLeftOut() {
		assertThat(left("{\"name\":\"deleteEverything\",\"arguments\":{}}"))
			.containsExactly("nobody knows whether deleteEverything only reads");
		assertThat(left("{\"name\":\"getJiraIssue\",\"arguments\":{\"a\":\"[~0aBcDeFgHiJkLmNo]\"}}"))
			.containsExactly("its arguments are redacted");
		assertThat(left("{\"name\":\"getJiraIssue\",\"arguments\":{\"a\":\"PROJ-1\"}}")).isEmpty();
	}

	@Test
	void halfALineAtTheEndIsNoHarm() throws IOException {
		Files.writeString(this.file, HEADING + exchange("ping", "{}") + "{\"type\":\"requ");
		assertThat(RecordingReader.read(List.of(this.file))).hasSize(1);
	}

	private List<String> left(String params) {
		try {
			Files.writeString(this.file, HEADING + exchange("tools/call", params));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		Caution caution = new Caution(false, ToolClasses.standard());
		return RecordingReader.read(List.of(this.file))
			.stream()
			.map(caution::against)
			.flatMap((why) -> why.stream())
			.toList();
	}

	private static String exchange(String method, String params) {
		return Stream
			.of("""
					{"type":"request","x":"1","time":"2026-11-23T03:37:03Z","route":"mcp","method":"POST","url":"/mcp","headers":{},\
					"body":{"bytes":1,"json":{"jsonrpc":"2.0","id":1,"method":"%s","params":%s}}}
					"""
				.formatted(method, params),
					"""
							{"type":"response","x":"1","time":"2026-11-23T03:37:04Z","status":200,"headers":{},"body":{"bytes":0},"end":"complete"}
							""")
			.reduce("", String::concat);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
