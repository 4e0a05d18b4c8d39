package dev.mcpbridge.load;

/** What is measured. */
enum ProxyKind {

	/** Spring Cloud Gateway with one route, all else as it comes. */
	BARE,

	/** The same with our library and {@code McpBridge} on that route. */
	LIBRARY,

	/** The ready gateway as it is shipped. */
	APP

}
