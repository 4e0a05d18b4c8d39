package dev.mcpbridge.autoconfigure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import dev.mcpbridge.policy.ToolClass;
import dev.mcpbridge.policy.ToolClasses;
import dev.mcpbridge.policy.rule.Callers;
import dev.mcpbridge.policy.rule.Condition;
import dev.mcpbridge.policy.rule.Effect;
import dev.mcpbridge.policy.rule.Groups;
import dev.mcpbridge.policy.rule.Places;
import dev.mcpbridge.policy.rule.Rule;
import dev.mcpbridge.policy.rule.ToolPolicies;
import dev.mcpbridge.policy.rule.ToolPolicy;
import dev.mcpbridge.policy.rule.Tools;
import org.jspecify.annotations.Nullable;

/**
 * Makes policies of properties, and finds what is wrong with them before the first
 * request does.
 */
final class ToolPolicyReader {

	private static final String PREFIX = "mcp.bridge.tools.";

	/** They stand in logs, metrics and answers. */
	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

	private static final String NAMES = "1 to 64 letters, digits, dots, dashes and underscores";

	/** RFC 6749, section 3.3. */
	private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]+");

	/** It stands in a header where a scope would help. */
	private static final Pattern TEXT = Pattern.compile("[\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]{1,200}");

	private final McpToolsProperties properties;

	private final ToolClasses classes;

	ToolPolicyReader(McpToolsProperties properties, ToolClasses classes) {
		this.properties = properties;
		this.classes = classes;
	}

	/** The known classes, and those that are configured. */
	static ToolClasses classes(McpToolsProperties.Classes configured) {
		Map<String, ToolClass> others = new HashMap<>();
		add(others, configured.read(), ToolClass.READ);
		add(others, configured.search(), ToolClass.SEARCH);
		add(others, configured.write(), ToolClass.WRITE);
		add(others, configured.delete(), ToolClass.DELETE);
		return ToolClasses.standard().with(others);
	}

	ToolPolicies policies() {
		ToolPolicy.Catalogue catalogue = new ToolPolicy.Catalogue(this.classes, this.properties.unknown(), groups());
		Map<String, ToolPolicy> policies = new HashMap<>();
		List<McpToolsProperties.Policy> configured = this.properties.policies();
		for (int index = 0; index < configured.size(); index++) {
			McpToolsProperties.Policy policy = configured.get(index);
			String at = PREFIX + "policies[" + index + "]";
			String name = checked(at + ".name", policy.name(), NAME, NAMES);
			require(at + ".name", name, !name.equals(ToolPolicies.NONE), "another name");
			ToolPolicy read = new ToolPolicy(name, policy.mode(), policy.dryRun(), rules(at + ".rules", policy.rules()),
					catalogue);
			require(at + ".name", name, policies.put(name, read) == null, "a name no other policy has");
		}
		String byDefault = this.properties.policy();
		return new ToolPolicies(policies, (byDefault != null) ? byDefault : "");
	}

	private Groups groups() {
		Map<String, Set<String>> people = new HashMap<>();
		this.properties.groups()
			.forEach((group) -> people.computeIfAbsent(group.name(), (none) -> new HashSet<>()).addAll(group.people()));
		return new Groups(people);
	}

	private List<Rule> rules(String at, List<McpToolsProperties.Rule> configured) {
		List<Rule> rules = new ArrayList<>();
		for (int index = 0; index < configured.size(); index++) {
			rules.add(rule(at + "[" + index + "]",
					Objects.requireNonNullElse(configured.get(index).name(), "rule-" + (index + 1)),
					configured.get(index)));
		}
		return rules;
	}

	private Rule rule(String at, String name, McpToolsProperties.Rule rule) {
		Effect effect = rule.effect();
		if (effect == null) {
			throw new IllegalArgumentException(at + ".effect: none (expected: allow or deny)");
		}
		checked(at + ".name", name, NAME, NAMES);
		rule.tools()
			.forEach((tool) -> require(at + ".tools", tool, this.classes.isPlausible(tool),
					"the name of a tool, exactly as the upstream writes it"));
		rule.scopes().forEach((scope) -> checked(at + ".scopes", scope, SCOPE, "a scope"));
		String message = rule.message();
		if (message != null) {
			require(at + ".message", message, effect == Effect.DENY, "none, since the rule refuses nothing");
			checked(at + ".message", message, TEXT, "up to 200 characters of ASCII without quotes and backslashes");
		}
		return new Rule(name, effect, new Tools(rule.tools(), rule.classes()),
				new Callers(rule.clients(), rule.people(), rule.groups()), rule.scopes(),
				new Places(rule.projects(), rule.spaces(), rule.sites()), condition(at, rule.when()), message);
	}

	private static @Nullable Condition condition(String at, @Nullable String text) {
		try {
			return (text != null) ? new Condition(text) : null;
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(at + "." + ex.getMessage());
		}
	}

	private static void add(Map<String, ToolClass> classes, Set<String> tools, ToolClass kind) {
		for (String tool : tools) {
			ToolClass other = classes.put(tool, kind);
			require(PREFIX + "classes." + kind.word(), tool, other == null,
					"a tool of one class only, which is in %sclasses.%s".formatted(PREFIX,
							(other != null) ? other.word() : ""));
		}
	}

	private static String checked(String property, @Nullable String value, Pattern pattern, String expected) {
		if (value == null || !pattern.matcher(value).matches()) {
			throw unexpected(property, String.valueOf(value), expected);
		}
		return value;
	}

	private static void require(String property, String value, boolean valid, String expected) {
		if (!valid) {
			throw unexpected(property, value, expected);
		}
	}

	private static IllegalArgumentException unexpected(String property, String value, String expected) {
		return new IllegalArgumentException("%s: %s (expected: %s)".formatted(property, value, expected));
	}

}
