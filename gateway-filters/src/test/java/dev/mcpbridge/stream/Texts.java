package dev.mcpbridge.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * Text as buffers and back, and a reader of server-sent events to compare with.
 */
final class Texts {

	static final DefaultDataBufferFactory BUFFERS = new DefaultDataBufferFactory();

	private Texts() {
	}

	static DataBuffer buffer(String text) {
		return BUFFERS.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	static DataBuffer bytes(byte[] bytes, int from, int to) {
		return BUFFERS.wrap(Arrays.copyOfRange(bytes, from, to));
	}

	static List<DataBuffer> parts(String stream, Set<Integer> cuts) {
		byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
		List<DataBuffer> parts = new ArrayList<>();
		int from = 0;
		for (int cut : new TreeSet<>(cuts)) {
			if (cut < bytes.length) {
				parts.add(bytes(bytes, from, cut));
				from = cut;
			}
		}
		parts.add(bytes(bytes, from, bytes.length));
		return parts;
	}

	static String text(DataBuffer buffer) {
		String text = buffer.toString(StandardCharsets.ISO_8859_1);
		DataBufferUtils.release(buffer);
		return text;
	}

	static String text(List<DataBuffer> buffers) {
		StringBuilder bytes = new StringBuilder();
		buffers.forEach((buffer) -> bytes.append(text(buffer)));
		return new String(bytes.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
	}

	/**
	 * Reads events as a browser does.
	 * @param stream the whole stream
	 * @return name and data of each event
	 */
	static List<String> events(String stream) {
		List<String> events = new ArrayList<>();
		String name = "";
		StringBuilder data = new StringBuilder();
		for (String line : stream.replaceFirst("^\ufeff", "").split("\r\n|\r|\n", -1)) {
			int colon = line.indexOf(':');
			String field = (colon < 0) ? line : line.substring(0, colon);
			String value = (colon < 0) ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
			if (field.equals("event")) {
				name = value;
			}
			else if (field.equals("data")) {
				data.append(value).append('\n');
			}
			else if (line.isEmpty()) {
				if (!data.isEmpty()) {
					events.add(name + "=" + data);
				}
				name = "";
				data.setLength(0);
			}
		}
		return events;
	}

}
