package dev.mcpbridge.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CommandsTests {

	private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

	private final Commands commands = new Commands(Map.of("greet", List::size, "argue", (arguments) -> 7),
			new PrintStream(this.errors, true, StandardCharsets.UTF_8));

	@Test
	void aWordRunsItsCommandWithWhatFollows() {
		assertThat(this.commands.run(List.of("greet", "--json", "--server.port=1"))).hasValue(2);
		assertThat(this.commands.run(List.of("argue"))).hasValue(7);
	}

	@Test
	void optionsAloneStartTheGateway() {
		assertThat(this.commands.run(List.of())).isEmpty();
		assertThat(this.commands.run(List.of("--server.port=1", "greet"))).isEmpty();
	}

	@Test
	void anUnknownWordIsRefusedAndTheKnownOnesAreNamed() {
		assertThat(this.commands.run(List.of("great"))).hasValue(2);
		assertThat(this.errors.toString(StandardCharsets.UTF_8))
			.contains("command: great (expected: one of [argue, greet]");
	}

}
