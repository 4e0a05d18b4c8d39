package dev.mcpbridge.app.probe.signin;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * Brings somebody to the page where a login is allowed.
 */
@FunctionalInterface
public interface Visitor {

	/**
	 * Goes there, or tells a person to.
	 * @param page the address of the page
	 * @return what went wrong, or {@code null} if nothing did
	 */
	@Nullable String visit(URI page);

}
