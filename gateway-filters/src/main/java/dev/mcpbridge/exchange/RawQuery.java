package dev.mcpbridge.exchange;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.util.StringUtils;

/**
 * The query of a URL as it is written, so that one parameter can be changed and the
 * others stay as they are, byte for byte.
 *
 * @param text the query without its question mark, percent-encoded
 */
public record RawQuery(String text) {

	/**
	 * Returns the query of a URL.
	 * @param url the URL
	 * @return its query; an empty one if it has none
	 */
	public static RawQuery of(URI url) {
		return new RawQuery((url.getRawQuery() != null) ? url.getRawQuery() : "");
	}

	/**
	 * Returns the values of a parameter, however its name is encoded.
	 * @param name the name of the parameter
	 * @return each value as it is written
	 */
	public List<String> values(String name) {
		return parts().filter((part) -> isNamed(part, name)).map(RawQuery::valueOf).toList();
	}

	/**
	 * Changes every value of a parameter.
	 * @param name the name of the parameter
	 * @param change what to make of a value as it is written
	 * @return the query with the changed values
	 */
	public RawQuery with(String name, UnaryOperator<String> change) {
		return new RawQuery(
				parts().map((part) -> isNamed(part, name) ? nameOf(part) + "=" + change.apply(valueOf(part)) : part)
					.collect(Collectors.joining("&")));
	}

	/**
	 * Puts this query in place of that of a URL.
	 * @param url the URL
	 * @return the URL with this query
	 */
	public URI on(URI url) {
		String before = url.toString().split("[?#]", 2)[0];
		return URI.create(this.text.isEmpty() ? before : before + "?" + this.text);
	}

	private Stream<String> parts() {
		return Stream.of(this.text.split("&", -1));
	}

	private static boolean isNamed(String part, String name) {
		return StringUtils.uriDecode(nameOf(part), StandardCharsets.UTF_8).equals(name);
	}

	private static String nameOf(String part) {
		return part.split("=", 2)[0];
	}

	private static String valueOf(String part) {
		int equals = part.indexOf('=');
		return (equals < 0) ? "" : part.substring(equals + 1);
	}

}
