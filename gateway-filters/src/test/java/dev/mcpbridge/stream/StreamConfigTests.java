package dev.mcpbridge.stream;

import java.time.Duration;

import dev.mcpbridge.stream.McpStreamGatewayFilterFactory.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StreamConfigTests {

	private static final DataSize ANY = DataSize.ofBytes(0);

	@Test
	void theArgumentsHaveDefaults() {
		assertThat(new McpStreamGatewayFilterFactory(StreamListener.NONE).newConfig())
			.isEqualTo(new Config(Duration.ofSeconds(15), Duration.ofMinutes(5), null, DataSize.ofMegabytes(10)));
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 1, 9 })
	void aHeartbeatHasALimit(long millis) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Config(Duration.ofMillis(millis), Duration.ZERO, null, ANY))
			.withMessageStartingWith("heartbeat: ")
			.withMessageEndingWith("(expected: 0, or 10ms and more)");
	}

	@Test
	void noTimeIsNegative() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Config(Duration.ZERO, Duration.ofSeconds(-1), null, ANY))
			.withMessage("answerWithin: PT-1S (expected: 0 or more)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "say", "//evil.example/say", "https://evil.example/say", "/say?a=b", "/say#a", "/s ay",
			"/say\\x" })
	void aMessagePathIsOneOfOurs(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Config(Duration.ZERO, Duration.ZERO, path, ANY))
			.withMessage("messagePath: " + path + " (expected: a path such as /sse/message)");
	}

	@Test
	void noSizeIsNegative() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Config(Duration.ZERO, Duration.ZERO, null, DataSize.ofBytes(-1)))
			.withMessage("maxRequest: -1B (expected: 0 or more)");
	}

	@Test
	void theActuatorPrintsTheArguments() {
		McpStreamGatewayFilterFactory factory = new McpStreamGatewayFilterFactory(StreamListener.NONE);
		assertThat(factory.apply(factory.newConfig())).asString()
			.contains("McpStream Config[heartbeat=PT15S, answerWithin=PT5M, messagePath=null, maxRequest=10485760B]",
					"order = -200");
	}

}
