package dev.mcpbridge.stream;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a stream up to its first blank one.
 *
 * @param text the lines with their ends, one character a byte
 */
record FirstEvent(String text) {

	private static final Pattern DATA = field("data");

	private static final Pattern EVENT = field("event");

	private static final Pattern BEGINNING_OF_JSON = Pattern.compile("(?<![^\r\n])data: ?[{\\[]\\z");

	private static Pattern field(String name) {
		return Pattern.compile("(?<![^\r\n])" + name + "(?:: ?([^\r\n]*))?(?=[\r\n])");
	}

	/**
	 * Tells whether text so far ends where a JSON value begins as the first data: no URL
	 * begins like that. After other data it proves nothing, for clients join the lines.
	 * @param text the lines so far
	 * @return whether no endpoint can come of it
	 */
	static boolean beginsJson(CharSequence text) {
		Matcher json = BEGINNING_OF_JSON.matcher(text);
		return json.find() && !DATA.matcher(text.subSequence(0, json.start())).find();
	}

	/**
	 * Tells whether a client would see an event at all.
	 * @return whether there is data
	 */
	boolean isDispatched() {
		return DATA.matcher(this.text).find();
	}

	/**
	 * Tells whether the event is named {@code endpoint}, read as leniently as any client
	 * might.
	 * @return whether it is an endpoint event
	 */
	boolean isEndpoint() {
		List<MatchResult> names = EVENT.matcher(this.text).results().toList();
		return !names.isEmpty() && "endpoint".equalsIgnoreCase(value(names.get(names.size() - 1)).strip());
	}

	/**
	 * Returns the event with other data.
	 * @param rewrite makes the new value of the old one
	 * @return the event
	 * @throws EndpointException if there is more than one line of data
	 */
	String withData(UnaryOperator<String> rewrite) {
		List<MatchResult> data = DATA.matcher(this.text).results().toList();
		if (data.size() != 1) {
			throw new EndpointException("not a URL");
		}
		MatchResult line = data.get(0);
		return this.text.substring(0, line.start()) + "data: " + rewrite.apply(value(line))
				+ this.text.substring(line.end());
	}

	private static String value(MatchResult field) {
		return (field.group(1) != null) ? field.group(1) : "";
	}

}
