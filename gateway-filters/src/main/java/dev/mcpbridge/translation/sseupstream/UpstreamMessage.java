package dev.mcpbridge.translation.sseupstream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.mcpbridge.message.JsonRpcBody;
import dev.mcpbridge.message.JsonRpcException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message of the upstream on its way into the channel.
 *
 * @param topic what it is about
 * @param content the message, as the upstream wrote it
 */
record UpstreamMessage(String topic, String content) {

	/**
	 * Reads the data of an event.
	 * @param data a message, or a batch of them
	 * @return the messages one by one
	 * @throws JsonRpcException if it is no JSON-RPC
	 */
	static List<UpstreamMessage> of(String data) {
		JsonRpcBody body = JsonRpcBody.of(data.getBytes(StandardCharsets.UTF_8));
		List<String> contents = body.batch() ? elements(data) : List.of(data);
		List<UpstreamMessage> messages = new ArrayList<>();
		for (int index = 0; index < contents.size(); index++) {
			messages.add(new UpstreamMessage(Topics.of(body.messages().get(index)), contents.get(index)));
		}
		return messages;
	}

	/** Cuts an array, so that numbers stay as they were written. */
	private static List<String> elements(String array) {
		List<String> elements = new ArrayList<>();
		try (JsonParser parser = JsonMapper.shared().createParser(array)) {
			parser.nextToken();
			while (parser.nextToken() != JsonToken.END_ARRAY) {
				int begin = (int) parser.currentTokenLocation().getCharOffset();
				parser.skipChildren();
				elements.add(array.substring(begin, (int) parser.currentLocation().getCharOffset()));
			}
		}
		return elements;
	}

	@Override
	public String toString() {
		return "UpstreamMessage[%d characters]".formatted(this.content.length());
	}

}
