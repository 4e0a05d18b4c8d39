package dev.mcpbridge.policy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which class each known tool is of.
 * <p>
 * Names are compared exactly: another spelling of a known tool is another tool, which
 * nobody knows, though {@link #isLookAlike} sees what it is meant to look like.
 */
public final class ToolClasses {

	private static final ToolClasses STANDARD = read("tools.txt");

	private final Map<String, ToolClass> classes;

	private final Map<String, String> running;

	private final Set<String> folded;

	private ToolClasses(Map<String, ToolClass> classes, Map<String, String> running) {
		this.classes = Map.copyOf(classes);
		this.running = Map.copyOf(running);
		this.folded = classes.keySet().stream().map(ToolClasses::fold).collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Returns the classes of the tools Atlassian is known to have.
	 * @return the classes
	 */
	public static ToolClasses standard() {
		return STANDARD;
	}

	/**
	 * Returns these classes with others beside or in place of them.
	 * @param others classes of tools by their names
	 * @return the classes
	 */
	public ToolClasses with(Map<String, ToolClass> others) {
		Map<String, ToolClass> all = new HashMap<>(this.classes);
		all.putAll(others);
		return new ToolClasses(all, this.running);
	}

	/**
	 * Returns the class of a tool.
	 * @param tool its name
	 * @return its class; {@link ToolClass#UNKNOWN} if nobody has said
	 */
	public ToolClass classOf(String tool) {
		return Objects.requireNonNullElse(this.classes.get(tool), ToolClass.UNKNOWN);
	}

	/**
	 * Tells whether a tool is known by this very name.
	 * @param tool its name
	 * @return whether it has a class
	 */
	public boolean isKnown(String tool) {
		return this.classes.containsKey(tool);
	}

	/**
	 * Returns the names of all known tools, a closed set that metrics may be tagged with.
	 * @return the names
	 */
	public Set<String> names() {
		return this.classes.keySet();
	}

	/**
	 * Returns which argument of a tool names another tool that it runs.
	 * @param tool the name of the tool
	 * @return the argument, or empty for a tool that runs no others
	 */
	public Optional<String> running(String tool) {
		return Optional.ofNullable(this.running.get(tool));
	}

	/**
	 * Tells whether a name is not that of a known tool, but would be to somebody who does
	 * not look closely: in letters of another case, or with other or no separators.
	 * @param tool the name
	 * @return whether it looks like a known tool without being one
	 */
	public boolean isLookAlike(String tool) {
		return !isKnown(tool) && this.folded.contains(fold(tool));
	}

	private static String fold(String name) {
		return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
	}

	private static ToolClasses read(String resource) {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(
				Objects.requireNonNull(ToolClasses.class.getResourceAsStream(resource)), StandardCharsets.UTF_8))) {
			Map<String, ToolClass> classes = new TreeMap<>();
			Map<String, String> running = new TreeMap<>();
			reader.lines().filter((line) -> !line.isBlank() && !line.startsWith("#")).forEach((line) -> {
				List<String> words = List.of(line.split(" "));
				classes.put(words.get(1), ToolClass.valueOf(words.get(0).toUpperCase(Locale.ROOT)));
				words.stream().skip(2).forEach((argument) -> running.put(words.get(1), argument));
			});
			return new ToolClasses(classes, running);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
