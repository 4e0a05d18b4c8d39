package dev.mcpbridge.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The load shows the tokens it is told to, as often as it is told to.
 */
@EnabledIf("isThere")
class WrkServerTests {

	static final List<String> TOKENS = IntStream.range(0, 100)
		.mapToObj((number) -> "%04d%s".formatted(number, "x".repeat(396)))
		.toList();

	static final Wrk.How ONE_AFTER_THE_OTHER = new Wrk.How(1, Duration.ofSeconds(1), 0);

	final List<String> shown = new CopyOnWriteArrayList<>();

	volatile int status = 200;

	final DisposableServer server = HttpServer.create().port(0).handle((request, response) -> {
		this.shown.add(request.requestHeaders().get("Authorization").replaceFirst("Bearer ", ""));
		return request.receive().then(response.status(this.status).sendString(Mono.just("{}")).then());
	}).bindNow();

	@AfterEach
	void stop() {
		this.server.disposeNow();
	}

	@Test
	void tokensTakeTurns(@TempDir Path directory) throws IOException {
		Wrk.Load load = run(new Wrk.Tokens(written(directory), 10, 3, Wrk.Use.ROTATE));
		assertThat(numbers()).startsWith("0010", "0011", "0012", "0010").containsOnly("0010", "0011", "0012");
		assertThat(load.requests()).isBetween(1L, (long) this.shown.size());
		assertThat(load.failed()).isZero();
	}

	@Test
	void aTokenNobodyHasSeenIsShownOnce(@TempDir Path directory) throws IOException {
		run(new Wrk.Tokens(written(directory), 10, 50, Wrk.Use.ONCE));
		// Whether the last one arrives, when the load is over, is a matter of luck.
		List<String> numbers = numbers();
		assertThat(numbers).hasSizeBetween(49, 50)
			.isEqualTo(IntStream.range(10, 10 + numbers.size()).mapToObj("%04d"::formatted).toList());
	}

	@Test
	void noTokenIsMadeUpTwice(@TempDir Path directory) throws IOException {
		this.status = 401;
		Wrk.Load load = run(new Wrk.Tokens(written(directory), 0, 1, Wrk.Use.FORGE));
		List<String> forged = List.copyOf(this.shown);
		assertThat(forged.size()).isGreaterThan(1).isEqualTo(new HashSet<>(forged).size());
		assertThat(forged.stream().filter(TOKENS::contains)).isEmpty();
		assertThat(forged.stream().map(String::length).distinct()).containsExactly(TOKENS.get(0).length());
		assertThat(load.failed()).isEqualTo(load.requests());
	}

	static boolean isThere() {
		return "true".equals(System.getenv("CI")) || Programs.find("wrk").isPresent();
	}

	private Wrk.Load run(Wrk.Tokens tokens) {
		return Wrk.run(URI.create("http://localhost:%d/mcp".formatted(this.server.port())), tokens,
				ONE_AFTER_THE_OTHER);
	}

	/** By their numbers, which fit on a screen. */
	private List<String> numbers() {
		return this.shown.stream().map((token) -> token.substring(0, 4)).toList();
	}

	private static Path written(Path directory) throws IOException {
		return Files.write(directory.resolve("tokens"), TOKENS);
	}

}
