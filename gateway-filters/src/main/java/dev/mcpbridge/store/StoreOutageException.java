package dev.mcpbridge.store;

/**
 * The store does not answer; it says nothing about what is stored. Whoever asked may come
 * again in a moment.
 */
public final class StoreOutageException extends RuntimeException {

	/**
	 * Makes the exception, without a stack trace: there are many of them at once, and all
	 * come from the same place.
	 * @param cause what happened
	 */
	public StoreOutageException(Throwable cause) {
		super("the store does not answer: " + cause.getClass().getSimpleName(), cause, false, false);
	}

}
