package dev.mcpbridge.translation.sseupstream;

import dev.mcpbridge.message.JsonRpcException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UpstreamMessageTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{\"id\":1,\"result\":{}} | answer:1", "{\"id\":\"1\",\"error\":{}} | answer:\"1\"",
					"{\"id\":1,\"method\":\"roots/list\"} | general", "{\"id\":null,\"error\":{}} | nobody",
					"{\"method\":\"notifications/progress\",\"params\":{\"progressToken\":7}} | progress:7",
					"{\"method\":\"notifications/progress\"} | nobody",
					"{\"method\":\"notifications/message\"} | general",
					"{\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}} | general" })
	void aMessageSaysWhatItIsAbout(String message, String topic) {
		assertThat(UpstreamMessage.of(message)).containsExactly(new UpstreamMessage(topic, message));
	}

	@Test
	void aBatchIsCutAndItsNumbersStayAsTheyWere() {
		assertThat(UpstreamMessage
			.of(" [ {\"id\":1,\"result\":[1.10,1e400,{}]} ,\n{\"method\":\"a\",\"params\":\"\u00e9]\"}] "))
			.containsExactly(new UpstreamMessage("answer:1", "{\"id\":1,\"result\":[1.10,1e400,{}]}"),
					new UpstreamMessage("general", "{\"method\":\"a\",\"params\":\"\u00e9]\"}"));
	}

	@Test
	void anIdAboveTheBoundIsNobodys() {
		assertThat(UpstreamMessage.of("{\"id\":\"" + "x".repeat(127) + "\",\"result\":{}}")).first()
			.returns(Topics.NOBODY, UpstreamMessage::topic);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nonsense", "[]", "7", "{}" })
	void whatIsNoMessageIsNone(String data) {
		assertThatExceptionOfType(JsonRpcException.class).isThrownBy(() -> UpstreamMessage.of(data));
	}

}
