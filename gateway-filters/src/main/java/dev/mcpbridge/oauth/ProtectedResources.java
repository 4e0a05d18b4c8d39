package dev.mcpbridge.oauth;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The MCP endpoints we protect: one resource under several addresses, each described by
 * metadata of its own.
 *
 * @param publicUrl the URL clients know us by
 * @param paths the paths of the MCP endpoints, such as {@code /mcp}
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-3">RFC 9728, section 3</a>
 */
public record ProtectedResources(PublicUrl publicUrl, List<String> paths) {

	/** The well-known suffix of resource metadata. */
	public static final String WELL_KNOWN = "oauth-protected-resource";

	public ProtectedResources {
		for (String path : paths) {
			if (!path.startsWith("/") || path.endsWith("/") || path.contains("?") || path.contains("#")) {
				throw HttpUrl.unexpected("mcp.bridge.mcp-paths", path, "a path such as /mcp");
			}
		}
		paths = paths.stream().sorted(Comparator.comparing(String::length).reversed()).toList();
	}

	/**
	 * Finds the resource of ours a client names.
	 * @param resource an absolute URI; a trailing slash does not matter
	 * @return its identifier, or empty if it is not one of {@link #identifiers()}
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc8707#section-2">RFC 8707, section
	 * 2</a>
	 */
	public Optional<String> identify(URI resource) {
		String text = withoutTrailingSlash(resource.toString());
		return identifiers().stream().filter(text::equals).findFirst();
	}

	/**
	 * Returns every identifier a token of ours may be meant for.
	 * @return the public URL and the URL of each MCP endpoint
	 */
	public List<String> identifiers() {
		return Stream.concat(Stream.of(""), this.paths.stream())
			.map((path) -> this.publicUrl.at(path).toString())
			.toList();
	}

	/**
	 * Finds the endpoint a request belongs to.
	 * @param requestPath the path the client used
	 * @return the MCP path that equals or starts it, or empty
	 */
	public Optional<String> endpointOf(String requestPath) {
		return this.paths.stream()
			.filter((path) -> requestPath.equals(path) || requestPath.startsWith(path + "/"))
			.findFirst();
	}

	/**
	 * Tells whether a path is that of an endpoint as a client may write it.
	 * @param path a path
	 * @return whether it is one of {@link #paths()}, with or without a slash at its end
	 */
	public boolean isEndpoint(String path) {
		return this.paths.contains(withoutTrailingSlash(path));
	}

	/**
	 * Returns where the resource behind a request describes itself, as the client writes
	 * its URL: clients compare the two as texts.
	 * @param requestPath the path the client used
	 * @return the URL of the metadata
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-3.1">RFC 9728, section
	 * 3.1</a>
	 */
	public URI metadataOf(String requestPath) {
		return this.publicUrl.wellKnown(WELL_KNOWN,
				isEndpoint(requestPath) ? requestPath : endpointOf(requestPath).orElse(""));
	}

	private static String withoutTrailingSlash(String text) {
		return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
	}

}
