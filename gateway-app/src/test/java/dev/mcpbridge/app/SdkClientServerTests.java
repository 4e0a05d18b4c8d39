package dev.mcpbridge.app;

import dev.mcpbridge.simulator.mcp.AnswerStyle;

/**
 * The official Java SDK in front of an upstream that answers in JSON where it can.
 */
class SdkClientServerTests extends SdkClientContract {

	SdkClientServerTests() {
		super(AnswerStyle.JSON);
	}

}
