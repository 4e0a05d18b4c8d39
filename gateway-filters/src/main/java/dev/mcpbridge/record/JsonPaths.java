package dev.mcpbridge.record;

import java.util.List;
import java.util.stream.Stream;

/**
 * Places in JSON documents, told as one descends.
 *
 * @param open what is left of each path that may still lead somewhere
 */
record JsonPaths(List<List<String>> open) {

	private static final String ANY = "*";

	private static final String DEEP = "**";

	static JsonPaths of(List<String> paths) {
		return new JsonPaths(paths.stream().map((path) -> List.of(path.split("\\."))).toList());
	}

	/** Goes to a member. */
	JsonPaths at(String name) {
		return this.open.isEmpty() ? this
				: new JsonPaths(this.open.stream().flatMap((path) -> after(path, name)).distinct().toList());
	}

	/** Whether one of them ends here. */
	boolean isEnd() {
		return this.open.stream().anyMatch((path) -> path.isEmpty() || path.equals(List.of(DEEP)));
	}

	boolean isEmpty() {
		return this.open.isEmpty();
	}

	private static Stream<List<String>> after(List<String> path, String name) {
		if (path.isEmpty()) {
			return Stream.empty();
		}
		List<String> rest = path.subList(1, path.size());
		if (path.get(0).equals(DEEP)) {
			return Stream.concat(Stream.of(path), after(rest, name));
		}
		return (path.get(0).equals(ANY) || path.get(0).equals(name)) ? Stream.of(rest) : Stream.empty();
	}

}
