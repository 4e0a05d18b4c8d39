package dev.mcpbridge.policy.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.mcpbridge.message.JsonRpcBody;
import dev.mcpbridge.message.JsonRpcException;
import dev.mcpbridge.message.MirroredHeaders;
import dev.mcpbridge.policy.BodyDefect;
import dev.mcpbridge.policy.ToolCall;
import dev.mcpbridge.policy.ToolClasses;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;

/**
 * What a request asks for, read whole and strictly.
 *
 * @param content its body as it came
 * @param batch whether it is an array
 * @param ids what each request in it is to be answered under, in their order
 * @param calls the calls of tools in it, in their order
 * @param lists whether it asks for the list of tools
 */
@SuppressWarnings("ArrayRecordComponent")
public record CallsRequest(byte[] content, boolean batch, List<JsonNode> ids, List<ToolCall> calls, boolean lists) {

	private static final JsonMapper STRICT = JsonMapper
		.builder(JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
		.build();

	private static final char BYTE_ORDER_MARK = '\ufeff';

	/**
	 * Reads a request.
	 * @param headers its headers
	 * @param content its body, not empty
	 * @param classes the classes of tools
	 * @return what it asks for
	 * @throws BodyDefectException if that cannot be told for certain
	 */
	public static CallsRequest read(HttpHeaders headers, byte[] content, ToolClasses classes) {
		JsonNode root = parse(text(content));
		boolean batch = root.isArray();
		List<Message> messages = (batch ? root.values() : List.of(root)).stream().map(Message::of).toList();
		if (messages.isEmpty()) {
			throw new BodyDefectException(BodyDefect.NO_MESSAGE);
		}
		compare(headers, content);
		List<JsonNode> ids = new ArrayList<>();
		List<ToolCall> calls = new ArrayList<>();
		for (Message message : messages) {
			JsonNode id = message.id();
			if (message.isCall()) {
				calls.add(call(message, classes));
			}
			if (id != null && !message.method().isEmpty()) {
				ids.add(id);
			}
		}
		return new CallsRequest(content, batch, List.copyOf(ids), List.copyOf(calls),
				messages.stream().anyMatch(Message::isList));
	}

	private static ToolCall call(Message message, ToolClasses classes) {
		ObjectNode params = message.callParams();
		JsonNode id = message.id();
		if (id == null) {
			throw new BodyDefectException(BodyDefect.NO_ID);
		}
		String name = params.path("name").stringValue();
		if (!classes.isPlausible(name)) {
			throw new BodyDefectException(BodyDefect.TOOL_NAME);
		}
		return new ToolCall(name, classes.classOf(name), arguments(params.path("arguments")), id);
	}

	private static ObjectNode arguments(JsonNode arguments) {
		if (arguments.isMissingNode() || arguments.isNull()) {
			return JsonNodeFactory.instance.objectNode();
		}
		if (arguments instanceof ObjectNode object) {
			return object;
		}
		throw new BodyDefectException(BodyDefect.NO_MESSAGE);
	}

	/** Whatever was decided by the headers alone must have been decided rightly. */
	private static void compare(HttpHeaders headers, byte[] content) {
		if (!headers.containsHeader(MirroredHeaders.METHOD) && !headers.containsHeader(MirroredHeaders.NAME)) {
			return;
		}
		try {
			MirroredHeaders.compare(headers, JsonRpcBody.of(content));
		}
		catch (JsonRpcException ex) {
			throw new BodyDefectException(BodyDefect.HEADER_MISMATCH);
		}
	}

	private static JsonNode parse(String text) {
		try {
			return STRICT.readTree(text);
		}
		catch (JacksonException ex) {
			@Nullable String why = ex.getOriginalMessage();
			boolean twice = why != null && why.startsWith("Duplicate");
			throw new BodyDefectException(twice ? BodyDefect.DUPLICATE_MEMBER : BodyDefect.NO_JSON);
		}
	}

	private static String text(byte[] content) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder()
				.onMalformedInput(CodingErrorAction.REPORT)
				.onUnmappableCharacter(CodingErrorAction.REPORT)
				.decode(ByteBuffer.wrap(content))
				.toString();
			if (text.isEmpty() || text.charAt(0) == BYTE_ORDER_MARK || text.indexOf('\0') >= 0) {
				throw new BodyDefectException(BodyDefect.ENCODED);
			}
			return text;
		}
		catch (CharacterCodingException ex) {
			throw new BodyDefectException(BodyDefect.ENCODED);
		}
	}

	@Override
	public String toString() {
		return "CallsRequest[%d bytes, %d calls]".formatted(this.content.length, this.calls.size());
	}

}
