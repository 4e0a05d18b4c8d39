package dev.mcpbridge.exchange;

/**
 * The places of our filters in a route's chain, the outermost first.
 * <p>
 * All of them stand before Spring Cloud Gateway's own write filter ({@code -1}), so that
 * a response they decorate is the one that is written; and before the filters a route
 * names itself (1, 2, …).
 */
public enum FilterOrder {

	/** Sees when a request came, and when and how it is answered. */
	WATCH(-700),

	/** Writes down what the client sees. */
	RECORD(-650),

	/** Owns the CORS headers of every answer, refusals included. */
	CORS(-600),

	/** Gives every 401 one shape and maps failures to statuses. */
	CHALLENGE(-500),

	/** Swaps the bridge token for the upstream token. */
	UNWRAP(-400),

	/** Tells whose a session is. */
	SESSION(-350),

	/** Decides which headers cross. */
	HEADERS(-300),

	/** Decides who may call which tool. */
	POLICY(-250),

	/** Takes from results what is meant for people. */
	NOTICE(-235),

	/** Waits and asks again where the upstream is asked too often. */
	LIMIT(-225),

	/** Keeps long answers flowing. */
	STREAM(-200),

	/** Speaks the client's transport outward and the upstream's inward. */
	TRANSLATION(-100);

	private final int value;

	FilterOrder(int value) {
		this.value = value;
	}

	/**
	 * Returns the order as Spring compares it.
	 * @return the order, lower is further outside
	 */
	public int value() {
		return this.value;
	}

}
