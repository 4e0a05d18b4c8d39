package dev.mcpbridge.message;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a request of a client asks for, in one word of a closed set: whatever a client
 * writes, there is no other.
 *
 * @see <a href="https://modelcontextprotocol.io/specification">the methods of all
 * revisions that a client may send</a>
 */
public enum McpMethod {

	/** {@code completion/complete}. */
	COMPLETION_COMPLETE("completion/complete"),

	/** {@code initialize}. */
	INITIALIZE("initialize"),

	/** {@code logging/setLevel}. */
	LOGGING_SET_LEVEL("logging/setLevel"),

	/** {@code notifications/cancelled}. */
	NOTIFICATIONS_CANCELLED("notifications/cancelled"),

	/** {@code notifications/initialized}. */
	NOTIFICATIONS_INITIALIZED("notifications/initialized"),

	/** {@code notifications/progress}. */
	NOTIFICATIONS_PROGRESS("notifications/progress"),

	/** {@code notifications/roots/list_changed}. */
	NOTIFICATIONS_ROOTS_LIST_CHANGED("notifications/roots/list_changed"),

	/** {@code notifications/tasks/status}. */
	NOTIFICATIONS_TASKS_STATUS("notifications/tasks/status"),

	/** {@code ping}. */
	PING("ping"),

	/** {@code prompts/get}. */
	PROMPTS_GET("prompts/get"),

	/** {@code prompts/list}. */
	PROMPTS_LIST("prompts/list"),

	/** {@code resources/list}. */
	RESOURCES_LIST("resources/list"),

	/** {@code resources/read}. */
	RESOURCES_READ("resources/read"),

	/** {@code resources/subscribe}. */
	RESOURCES_SUBSCRIBE("resources/subscribe"),

	/** {@code resources/templates/list}. */
	RESOURCES_TEMPLATES_LIST("resources/templates/list"),

	/** {@code resources/unsubscribe}. */
	RESOURCES_UNSUBSCRIBE("resources/unsubscribe"),

	/** {@code server/discover}. */
	SERVER_DISCOVER("server/discover"),

	/** {@code subscriptions/listen}. */
	SUBSCRIPTIONS_LISTEN("subscriptions/listen"),

	/** {@code tasks/cancel}. */
	TASKS_CANCEL("tasks/cancel"),

	/** {@code tasks/get}. */
	TASKS_GET("tasks/get"),

	/** {@code tasks/list}. */
	TASKS_LIST("tasks/list"),

	/** {@code tasks/result}. */
	TASKS_RESULT("tasks/result"),

	/** {@code tasks/update}. */
	TASKS_UPDATE("tasks/update"),

	/** {@code tools/call}. */
	TOOLS_CALL("tools/call"),

	/** {@code tools/list}. */
	TOOLS_LIST("tools/list"),

	/** Several messages in one body, as the revision 2025-03-26 allows. */
	BATCH("batch"),

	/** Anything else, what is no JSON among it. */
	OTHER("other"),

	/** No method: an answer of the client, no body, or one that nobody read. */
	NONE("none");

	/** What is no method is not found by its word. */
	private static final Map<String, McpMethod> BY_NAME = Stream.of(values())
		.filter((method) -> method.ordinal() < BATCH.ordinal())
		.collect(Collectors.toUnmodifiableMap(McpMethod::word, Function.identity()));

	private final String word;

	McpMethod(String word) {
		this.word = word;
	}

	/**
	 * Finds a method.
	 * @param name what a client wrote
	 * @return the method, or {@link #OTHER}
	 */
	public static McpMethod of(String name) {
		return Objects.requireNonNullElse(BY_NAME.get(name), OTHER);
	}

	/**
	 * Returns the method as MCP writes it.
	 * @return the name of the method, or the word for what is none
	 */
	public String word() {
		return this.word;
	}

}
