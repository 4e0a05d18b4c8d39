package dev.mcpbridge.headers;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A set of header names: whole names, and families such as {@code mcp-*}.
 *
 * @param names whole names in lower case
 * @param families the beginnings of names in lower case
 */
record HeaderNames(Set<String> names, List<String> families) {

	private static final Pattern NAME = Pattern.compile("[0-9a-z!#$%&'+.^_`|~-]+\\*?");

	/**
	 * Reads names as a person writes them.
	 * @param argument the filter argument they come from, named in the error
	 * @param written header names in any case; a trailing {@code *} makes a family
	 * @return the set
	 * @throws IllegalArgumentException for what cannot be a header name
	 */
	static HeaderNames of(String argument, Collection<String> written) {
		List<String> lower = written.stream().map((name) -> name.trim().toLowerCase(Locale.ROOT)).toList();
		for (String name : lower) {
			if (!NAME.matcher(name).matches()) {
				throw new IllegalArgumentException(
						"%s: %s (expected: header names such as X-Name, or X-*)".formatted(argument, name));
			}
		}
		return new HeaderNames(
				lower.stream().filter((name) -> !name.endsWith("*")).collect(Collectors.toUnmodifiableSet()),
				lower.stream()
					.filter((name) -> name.endsWith("*"))
					.map((name) -> name.substring(0, name.length() - 1))
					.toList());
	}

	boolean contains(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		if (this.names.contains(lower)) {
			return true;
		}
		for (String family : this.families) {
			if (lower.startsWith(family)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Tells whether two sets share a name, families included.
	 * @param other the other set
	 * @return whether any name is in both
	 */
	boolean meets(HeaderNames other) {
		return this.names.stream().anyMatch(other::contains) || other.names.stream().anyMatch(this::contains)
				|| this.families.stream()
					.anyMatch((mine) -> other.families.stream()
						.anyMatch((theirs) -> mine.startsWith(theirs) || theirs.startsWith(mine)));
	}

	HeaderNames and(HeaderNames other) {
		return new HeaderNames(
				Stream.concat(this.names.stream(), other.names.stream()).collect(Collectors.toUnmodifiableSet()),
				Stream.concat(this.families.stream(), other.families.stream()).toList());
	}

}
