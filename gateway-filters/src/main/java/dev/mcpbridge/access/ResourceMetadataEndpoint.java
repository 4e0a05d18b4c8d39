package dev.mcpbridge.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.mcpbridge.oauth.ProtectedResources;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Describes each protected MCP endpoint, under the exact URL a client uses for it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-3.2">RFC 9728, section
 * 3.2</a>
 */
public final class ResourceMetadataEndpoint {

	private static final String ROOT = "/.well-known/" + ProtectedResources.WELL_KNOWN;

	private static final CacheControl CACHE = CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic();

	private final ProtectedResources resources;

	private final List<String> authorizationServers;

	private final List<String> scopes;

	/**
	 * Makes the endpoint.
	 * @param resources what is protected
	 * @param authorizationServers the issuers of the tokens it takes
	 * @param scopes the scopes a client should ask for, without {@code offline_access}
	 */
	public ResourceMetadataEndpoint(ProtectedResources resources, List<String> authorizationServers,
			List<String> scopes) {
		this.resources = resources;
		this.authorizationServers = List.copyOf(authorizationServers);
		this.scopes = List.copyOf(scopes);
	}

	/**
	 * Returns the routes of the endpoint.
	 * @return a route for the root and one for the MCP paths
	 */
	public RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.GET(ROOT, (request) -> describe(""))
			.GET(ROOT + "/{*path}", this::describe)
			.build();
	}

	private Mono<ServerResponse> describe(ServerRequest request) {
		String path = withoutPrefix(request.pathVariable("path"));
		return (path.isEmpty() || this.resources.isEndpoint(path)) ? describe(path) : ServerResponse.notFound().build();
	}

	/** A path of the public URL comes after the suffix, where no proxy can strip it. */
	private String withoutPrefix(String path) {
		String prefix = this.resources.publicUrl().value().getRawPath();
		return (path + "/").startsWith(prefix + "/") ? path.substring(prefix.length()) : path;
	}

	private Mono<ServerResponse> describe(String path) {
		Map<String, Object> metadata = new LinkedHashMap<>();
		metadata.put("resource", this.resources.publicUrl().at(path));
		if (!this.authorizationServers.isEmpty()) {
			metadata.put("authorization_servers", this.authorizationServers);
		}
		if (!this.scopes.isEmpty()) {
			metadata.put("scopes_supported", this.scopes);
		}
		metadata.put("bearer_methods_supported", List.of("header"));
		metadata.put("resource_name", "Atlassian MCP");
		return ServerResponse.ok().cacheControl(CACHE).bodyValue(metadata);
	}

}
