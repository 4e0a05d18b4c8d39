package dev.mcpbridge.translation.sseupstream;

import java.nio.charset.StandardCharsets;

import dev.mcpbridge.message.JsonRpcBody;
import dev.mcpbridge.message.JsonRpcError;
import dev.mcpbridge.message.JsonRpcException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AwaitedTests {

	private final Awaited awaited = of("""
			[{"jsonrpc":"2.0","id":1,"method":"a","params":{"_meta":{"progressToken":"p"}}},
			{"jsonrpc":"2.0","id":"1","method":"b"},
			{"jsonrpc":"2.0","method":"c"}]""");

	@Test
	void onlyAnswersAndProgressOfItsRequestsConcernIt() {
		assertThat(this.awaited.concerns("answer:1")).isTrue();
		assertThat(this.awaited.concerns("answer:\"1\"")).isTrue();
		assertThat(this.awaited.concerns("progress:\"p\"")).isTrue();
		assertThat(this.awaited.concerns("cancelled:1")).isTrue();
		assertThat(this.awaited.concerns("answer:2")).isFalse();
		assertThat(this.awaited.concerns("progress:1")).isFalse();
		assertThat(this.awaited.concerns("progress:")).isFalse();
		assertThat(this.awaited.concerns(Topics.GENERAL)).isFalse();
	}

	@Test
	void anAnsweredRequestIsAwaitedNoMoreAndReportsNothing() {
		Awaited left = this.awaited.after("progress:\"p\"").after("answer:1");
		assertThat(left.answers()).containsExactly("answer:\"1\"");
		assertThat(left.concerns("progress:\"p\"")).isFalse();
		assertThat(left.isOver()).isFalse();
		assertThat(left.after("cancelled:\"1\"").isOver()).isTrue();
	}

	@Test
	void whatIsWrittenIsRead() {
		assertThat(Awaited.parse(this.awaited.text())).isEqualTo(this.awaited);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "[[\"nonsense\",\"\"]]", "[" })
	void whatIsNotIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Awaited.parse(text));
	}

	@Test
	void eachRequestCanBeAnsweredWithAnError() {
		assertThat(this.awaited.failed(new JsonRpcError(-1, "no"))).containsExactly(
				"{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-1,\"message\":\"no\"}}",
				"{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"error\":{\"code\":-1,\"message\":\"no\"}}");
	}

	@Test
	void idsAreNotLongerThanTheBoundNorThereTwice() {
		String request = "{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"method\":\"a\"}";
		assertThat(of(request.formatted("x".repeat(126))).calls()).hasSize(1);
		assertThatExceptionOfType(JsonRpcException.class).isThrownBy(() -> of(request.formatted("x".repeat(127))));
		String twice = "[" + request.formatted("x") + "," + request.formatted("x") + "]";
		assertThatExceptionOfType(JsonRpcException.class).isThrownBy(() -> of(twice));
	}

	private static Awaited of(String body) {
		return Awaited.of(JsonRpcBody.of(body.getBytes(StandardCharsets.UTF_8)));
	}

}
