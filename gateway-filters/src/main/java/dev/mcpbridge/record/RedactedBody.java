package dev.mcpbridge.record;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;

/**
 * Bodies as they are written down: JSON as JSON, a form as a form, other text as text,
 * and of everything else its size only.
 */
final class RedactedBody {

	/** The end of what was cut off may be the beginning of a secret. */
	private static final Pattern LAST_WORD = Pattern.compile("[^\\s\"',;<>(){}\\[\\]&]*\\z");

	private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0e-\\x1f]");

	private final Redactor redactor;

	private final RedactedJson json;

	private final RedactedQuery forms;

	private final int limit;

	RedactedBody(Redactor redactor, RedactedJson json, int limit) {
		this.redactor = redactor;
		this.json = json;
		this.forms = new RedactedQuery(redactor);
		this.limit = limit;
	}

	/**
	 * Returns a body.
	 * @param bytes what was kept of it
	 * @param missed how much was not
	 * @param headers the headers it came with
	 * @return what is written down
	 */
	ObjectNode of(byte[] bytes, long missed, HttpHeaders headers) {
		ObjectNode body = JsonNodeFactory.instance.objectNode().put("bytes", bytes.length + missed);
		if (bytes.length == 0) {
			return (missed > 0) ? body.put("truncated", true) : body;
		}
		Inflated inflated = inflated(bytes, headers.getFirst(HttpHeaders.CONTENT_ENCODING));
		String text = (inflated != null) ? text(inflated.bytes(), missed > 0 || inflated.truncated()) : null;
		if (text == null) {
			return body.put("omitted", (inflated == null) ? "encoding" : "binary");
		}
		boolean truncated = missed > 0 || (inflated != null && inflated.truncated());
		boolean form = String.valueOf(headers.getFirst(HttpHeaders.CONTENT_TYPE))
			.toLowerCase(Locale.ROOT)
			.startsWith("application/x-www-form-urlencoded");
		if (form && !truncated) {
			return body.put("form", this.forms.form(text));
		}
		return describe(body, text, truncated);
	}

	/**
	 * Writes a text down.
	 * @param onto where to
	 * @param text the text
	 * @param truncated whether there was more of it
	 * @return the same
	 */
	ObjectNode describe(ObjectNode onto, String text, boolean truncated) {
		if (truncated) {
			return onto.put("text", this.redactor.unparsed(LAST_WORD.matcher(text).replaceFirst("")))
				.put("truncated", true);
		}
		Optional<JsonNode> parsed = this.json.of(text);
		return parsed.isPresent() ? onto.set("json", parsed.get()) : onto.put("text", this.redactor.unparsed(text));
	}

	private static @Nullable String text(byte[] bytes, boolean truncated) {
		try {
			int end = bytes.length;
			while (truncated && end > 0 && end > bytes.length - 3 && bytes[end - 1] < 0) {
				end--;
			}
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end)).toString();
			return CONTROL.matcher(text).find() ? null : text;
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	private @Nullable Inflated inflated(byte[] bytes, @Nullable String encoding) {
		String coding = (encoding != null) ? encoding.toLowerCase(Locale.ROOT).strip() : "identity";
		return switch (coding) {
			case "identity", "" -> new Inflated(bytes, false);
			case "gzip", "x-gzip" -> read(() -> new GZIPInputStream(new ByteArrayInputStream(bytes)));
			case "deflate" -> read(() -> new InflaterInputStream(new ByteArrayInputStream(bytes)));
			default -> null;
		};
	}

	/** A bomb is no larger than anything else. */
	private @Nullable Inflated read(Opening opening) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		try (InputStream stream = opening.open()) {
			byte[] piece = new byte[8192];
			int read = stream.read(piece);
			while (read >= 0 && all.size() <= this.limit) {
				all.write(piece, 0, Math.min(read, this.limit + 1 - all.size()));
				read = stream.read(piece);
			}
			return new Inflated(all.toByteArray(), all.size() > this.limit);
		}
		catch (IOException ex) {
			return (all.size() > 0) ? new Inflated(all.toByteArray(), true) : null;
		}
	}

	/** Opens a stream that inflates. */
	@FunctionalInterface
	private interface Opening {

		InputStream open() throws IOException;

	}

	/**
	 * What a body was before it was compressed.
	 *
	 * @param bytes the beginning of it
	 * @param truncated whether there is more
	 */
	@SuppressWarnings("ArrayRecordComponent")
	private record Inflated(byte[] bytes, boolean truncated) {
	}

}
