package dev.mcpbridge.app;

import dev.mcpbridge.simulator.mcp.AnswerStyle;

/**
 * The official Java SDK in front of an upstream that answers in events always.
 */
class SdkClientOfEventsServerTests extends SdkClientContract {

	SdkClientOfEventsServerTests() {
		super(AnswerStyle.SSE);
	}

}
