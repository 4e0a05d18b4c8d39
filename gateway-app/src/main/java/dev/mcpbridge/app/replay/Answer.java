package dev.mcpbridge.app.replay;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an answer, as far as it matters to clients: then, or now.
 *
 * @param status the status
 * @param header finds the first value of a header
 */
record Answer(int status, Function<String, Optional<String>> header) {

	private static final Pattern ERROR = Pattern.compile("error=\"?([a-z_]+)");

	/**
	 * Compares two heads.
	 * @param now what came
	 * @param found where to put what is otherwise
	 */
	void compare(Answer now, List<Difference> found) {
		if (this.status != now.status) {
			found.add(new Difference("status", String.valueOf(this.status), String.valueOf(now.status)));
		}
		compare("content-type", Answer::mediaType, now, found);
		compare("www-authenticate", Answer::challenge, now, found);
		compare("mcp-session-id", (value) -> "there", now, found);
		compare("retry-after", (value) -> "there", now, found);
	}

	private void compare(String name, Function<String, String> matter, Answer now, List<Difference> found) {
		String before = this.header.apply(name).map(matter).orElse("none");
		String after = now.header.apply(name).map(matter).orElse("none");
		if (!before.equals(after)) {
			found.add(new Difference("header " + name, before, after));
		}
	}

	private static String mediaType(String value) {
		return value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
	}

	/** The scheme and the error; addresses differ. */
	private static String challenge(String value) {
		Matcher error = ERROR.matcher(value);
		return value.split(" ", 2)[0] + (error.find() ? " " + error.group(1) : "");
	}

}
