package dev.mcpbridge.authorization;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Scopes in plain words.
 */
final class Permissions {

	private static final Map<String, String> WORDS = Map.ofEntries(
			Map.entry("read:jira-work", "See your Jira projects, issues and comments"),
			Map.entry("write:jira-work", "Create and change Jira issues and comments as you"),
			Map.entry("read:confluence-content.all", "See your Confluence spaces and pages"),
			Map.entry("write:confluence-content", "Create and change Confluence pages and comments as you"),
			Map.entry("search:confluence", "Search your Confluence content"),
			Map.entry("read:me", "See your name and e-mail address"),
			Map.entry("offline_access", "Stay connected while you are away"));

	private Permissions() {
	}

	static List<String> inWords(String scope) {
		if (scope.isBlank()) {
			return List.of("Do what Atlassian lets it do as you");
		}
		return Stream.of(scope.split(" "))
			.map((name) -> WORDS.getOrDefault(name, "Use the permission “" + name + "”"))
			.toList();
	}

}
