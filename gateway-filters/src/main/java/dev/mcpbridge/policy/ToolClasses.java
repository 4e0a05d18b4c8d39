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
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which class each known tool is of.
 * <p>
 * Names are compared exactly: another spelling of a known tool is another tool, which
 * nobody knows, though {@link #isLookAlike} sees what it is meant to look like.
 */
public final class ToolClasses {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_./-]{1,128}");

	private static final ToolClasses STANDARD = read("tools.txt");

	private final Map<String, ToolClass> classes;

	/** The roles of arguments, by the names of tools. */
	private final Map<String, Map<String, String>> arguments;

	private final Set<String> folded;

	private ToolClasses(Map<String, ToolClass> classes, Map<String, Map<String, String>> arguments) {
		this.classes = Map.copyOf(classes);
		this.arguments = Map.copyOf(arguments);
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
		return new ToolClasses(all, this.arguments);
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
	 * Returns which argument of a tool has a role.
	 * @param tool the name of the tool
	 * @param role what the argument is for
	 * @return the name of the argument, or empty if the tool has none that is known
	 */
	public Optional<String> argument(String tool, Role role) {
		return Optional.ofNullable(this.arguments.getOrDefault(tool, Map.of()).get(role.word));
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

	/**
	 * Tells whether a tool may have such a name: it is known, or made of what MCP has
	 * names of tools made of, and does not look like that of a known tool.
	 * @param tool the name
	 * @return whether it may be judged
	 * @see <a href=
	 * "https://modelcontextprotocol.io/specification/2025-11-25/server/tools#tool-names">MCP
	 * 2025-11-25, tool names</a>
	 */
	public boolean isPlausible(String tool) {
		return isKnown(tool) || NAME.matcher(tool).matches() && !isLookAlike(tool);
	}

	private static String fold(String name) {
		return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
	}

	private static ToolClasses read(String resource) {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(
				Objects.requireNonNull(ToolClasses.class.getResourceAsStream(resource)), StandardCharsets.UTF_8))) {
			Map<String, ToolClass> classes = new HashMap<>();
			Map<String, Map<String, String>> arguments = new HashMap<>();
			reader.lines()
				.filter((line) -> !line.isBlank() && !line.startsWith("#"))
				.map((line) -> List.of(line.split(" ")))
				.forEach((words) -> {
					classes.put(words.get(1), ToolClass.valueOf(words.get(0).toUpperCase(Locale.ROOT)));
					arguments.put(words.get(1),
							words.stream()
								.skip(2)
								.map((word) -> word.split("=", 2))
								.collect(Collectors.toUnmodifiableMap((role) -> role[0], (role) -> role[1])));
				});
			return new ToolClasses(classes, arguments);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What an argument of a tool is for. */
	public enum Role {

		/** It names another tool, which this one runs. */
		RUNS("runs"),

		/** It names the Jira issue the tool acts on. */
		ISSUE("issue"),

		/** It names the Jira project the tool acts in. */
		PROJECT("project"),

		/** It names the Confluence space the tool acts in. */
		SPACE("space");

		private final String word;

		Role(String word) {
			this.word = word;
		}

	}

}
