package dev.mcpbridge.app;

import dev.mcpbridge.simulator.mcp.AnswerStyle;
import org.junit.jupiter.api.Nested;

/**
 * The official Java SDK signs in at the shipped gateway and calls tools.
 */
class SdkClientServerTests {

	@Nested
	class WhenTheUpstreamAnswersInJson extends SdkClientContract {

		WhenTheUpstreamAnswersInJson() {
			super(AnswerStyle.JSON);
		}

	}

	@Nested
	class WhenTheUpstreamAnswersInEvents extends SdkClientContract {

		WhenTheUpstreamAnswersInEvents() {
			super(AnswerStyle.SSE);
		}

	}

}
