package dev.mcpbridge.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The load: {@code wrk}, with a script that says which tokens are shown and how often.
 */
final class Wrk {

	/** A tool call. */
	static final String BODY = """
			{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"getJiraIssue",\
			"arguments":{"cloudId":"2f6d9c1e-7a34-4b0e-9d55-0c8f5f3ac001","issueIdOrKey":"ACME-1"}}}""";

	private static final Path SCRIPT = Path.of("src", "test", "load", "requests.lua");

	private static final String MARK = "load ";

	private static final JsonMapper JSON = new JsonMapper();

	private Wrk() {
	}

	/**
	 * Puts load on a gateway and waits for its end.
	 * @param url where
	 * @param tokens the tokens that are shown
	 * @param how over how many connections, how long, and how fast
	 * @return what came back
	 */
	static Load run(URI url, Tokens tokens, How how) {
		return begin(url, tokens, how).await();
	}

	/** Puts load on a gateway. */
	static Running begin(URI url, Tokens tokens, How how) {
		List<String> command = List.of(Programs.require("wrk", "wrk"), "--threads", "1", "--connections",
				Integer.toString(how.connections()), "--duration", how.duration().toSeconds() + "s", "--timeout", "20s",
				"--script", SCRIPT.toString(), url.toString());
		ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
		builder.environment()
			.putAll(Map.of("LOAD_BODY", BODY, "LOAD_TOKENS", tokens.file().toString(), "LOAD_FIRST",
					Integer.toString(tokens.first()), "LOAD_COUNT", Integer.toString(tokens.count()), "LOAD_USE",
					tokens.use().name(), "LOAD_RATE", Integer.toString(how.rate())));
		try {
			return new Running(Programs.start(builder));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Load that is on.
	 *
	 * @param process what makes it
	 */
	record Running(Process process) {

		Load await() {
			try (var lines = this.process.inputReader()) {
				List<String> output = lines.lines().toList();
				return output.stream()
					.filter((line) -> line.startsWith(MARK))
					.findFirst()
					.map((line) -> load(JSON.readTree(line.substring(MARK.length()))))
					.orElseThrow(() -> new IllegalStateException("wrk: " + output));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static Load load(JsonNode json) {
			return new Load(json.get("requests").asLong(), json.get("failed").asLong(), json.get("micros").asLong(),
					json.get("p50").asLong(), json.get("p99").asLong());
		}

	}

	/**
	 * Which tokens.
	 *
	 * @param file one token a line
	 * @param first the number of the first one, from 0
	 * @param count how many
	 * @param use what is done with them
	 */
	record Tokens(Path file, int first, int count, Use use) {

	}

	/** What is done with tokens. */
	enum Use {

		/** One after the other, and over again. */
		ROTATE,

		/** Each once; then the load ends. */
		ONCE,

		/** Each with a signature that is none, and over again with another. */
		FORGE

	}

	/**
	 * How much.
	 *
	 * @param connections over how many connections
	 * @param duration how long
	 * @param rate requests a second, which come at random times; 0 for as many as are
	 * answered
	 */
	record How(int connections, Duration duration, int rate) {

	}

	/**
	 * What came back.
	 *
	 * @param requests how many answers
	 * @param failed how many were not 2xx, or none
	 * @param micros how long it took, in microseconds
	 * @param p50 half of the answers took no longer, in microseconds
	 * @param p99 99 of 100 answers took no longer, in microseconds
	 */
	record Load(long requests, long failed, long micros, long p50, long p99) {

		double perSecond() {
			return 1e6 * this.requests / this.micros;
		}

	}

}
