package dev.mcpbridge.autoconfigure;

import java.util.List;
import java.util.Set;

import dev.mcpbridge.policy.ToolClass;
import dev.mcpbridge.policy.rule.Effect;
import dev.mcpbridge.policy.rule.Mode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Who may call which tool.
 *
 * @param policy the policy of routes that name none; empty for none
 * @param policies the policies
 * @param groups who is in a group, beside those whose token says so
 * @param unknown the class by which tools are judged of which nobody said one
 * @param classes the classes of tools that are not known, or not rightly
 * @param maxRequest how large the body of a request may be where requests are read for
 * their calls
 * @param maxAnswer how large an answer with a list of tools may be, or one event of a
 * stream in which one may come
 */
@ConfigurationProperties("mcp.bridge.tools")
record McpToolsProperties(@Nullable String policy, @DefaultValue List<Policy> policies,
		@DefaultValue List<Group> groups, @DefaultValue("write") ToolClass unknown, @DefaultValue Classes classes,
		@DefaultValue("4MB") DataSize maxRequest, @DefaultValue("16MB") DataSize maxAnswer) {

	McpToolsProperties {
		if (unknown == ToolClass.UNKNOWN) {
			throw new IllegalArgumentException(
					"mcp.bridge.tools.unknown: unknown (expected: read, search, write or delete)");
		}
	}

	/**
	 * A policy.
	 *
	 * @param name its name
	 * @param mode what becomes of calls no rule decides
	 * @param dryRun whether it only says what it would do
	 * @param rules the rules in their order, of which the first that matches decides
	 */
	record Policy(@Nullable String name, @DefaultValue("deny") Mode mode, @DefaultValue("false") boolean dryRun,
			@DefaultValue List<Rule> rules) {

	}

	/**
	 * A rule.
	 *
	 * @param name its name
	 * @param effect what it makes of the calls it is about
	 * @param tools names of tools
	 * @param classes classes of tools
	 * @param clients ids of clients or their fingerprints
	 * @param people subjects of tokens
	 * @param groups names of groups
	 * @param scopes what the token has to allow
	 * @param projects keys of Jira projects
	 * @param spaces keys or ids of Confluence spaces
	 * @param sites cloud ids or hosts of sites
	 * @param when an expression that has to be true
	 * @param message what the client is told when the rule refuses
	 */
	record Rule(@Nullable String name, @Nullable Effect effect, @DefaultValue Set<String> tools,
			@DefaultValue Set<ToolClass> classes, @DefaultValue Set<String> clients, @DefaultValue Set<String> people,
			@DefaultValue Set<String> groups, @DefaultValue Set<String> scopes, @DefaultValue Set<String> projects,
			@DefaultValue Set<String> spaces, @DefaultValue Set<String> sites, @Nullable String when,
			@Nullable String message) {

	}

	/**
	 * A group.
	 *
	 * @param name its name
	 * @param people subjects of tokens
	 */
	record Group(String name, @DefaultValue Set<String> people) {

	}

	/**
	 * Tools by their classes.
	 *
	 * @param read tools that read
	 * @param search tools that search
	 * @param write tools that create or change
	 * @param delete tools that remove
	 */
	record Classes(@DefaultValue Set<String> read, @DefaultValue Set<String> search, @DefaultValue Set<String> write,
			@DefaultValue Set<String> delete) {

	}

}
