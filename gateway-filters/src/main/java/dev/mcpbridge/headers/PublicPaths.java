package dev.mcpbridge.headers;

import java.util.List;

/**
 * Endpoints of this gateway that are no routes and that scripts of any page may call.
 *
 * @param patterns path patterns, such as {@code /.well-known/**}
 */
public record PublicPaths(List<String> patterns) {

	public PublicPaths {
		patterns = List.copyOf(patterns);
	}

}
