package dev.mcpbridge.upstream;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Asks an upstream, step by step, which authorization server guards it: its resource
 * metadata, else the server metadata at its origin, else its default paths.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization#authorization-server-discovery">MCP
 * 2025-11-25, authorization server discovery</a>
 */
final class MetadataLookup {

	private final WellKnown wellKnown;

	private final MetadataReader reader;

	private final UpstreamSettings settings;

	MetadataLookup(UpstreamHttp http, UpstreamSettings settings) {
		this.wellKnown = new WellKnown(http);
		this.reader = new MetadataReader(settings);
		this.settings = settings;
	}

	Mono<UpstreamServer> server() {
		return documents().map((found) -> this.reader.server(found.expectedIssuer(), found.server(), found.resource()))
			.switchIfEmpty(Mono.fromSupplier(this.reader::serverByDefault));
	}

	/** The documents, not judged yet; empty if the upstream publishes none. */
	Mono<Documents> documents() {
		return this.wellKnown.aboutResource(this.settings.endpoint())
			.filter(this::namesOurServer)
			.next()
			.flatMap(this::documentsOf)
			.switchIfEmpty(Mono.defer(this::documentsAtOrigin));
	}

	/**
	 * A document about another resource is not to be used: the root of a host that has
	 * several MCP endpoints may speak of only one of them.
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-3.3">RFC 9728, section
	 * 3.3</a>
	 */
	private boolean namesOurServer(JsonDocument resource) {
		return !resource.texts("authorization_servers").isEmpty() && isOurs(resource.text("resource"));
	}

	private boolean isOurs(@Nullable String resource) {
		String ours = this.settings.endpoint().toString();
		return switch (this.settings.issuers().validation()) {
			case STRICT -> ours.equals(resource);
			case PINNED -> resource != null && isWithin(resource, ours);
			case OFF -> true;
		};
	}

	private static boolean isWithin(String resource, String ours) {
		return (ours + "/").startsWith(resource.endsWith("/") ? resource : resource + "/");
	}

	private Mono<Documents> documentsOf(JsonDocument resource) {
		String issuer = resource.texts("authorization_servers").get(0);
		URI address = this.reader.trusted("authorization_servers", issuer);
		return this.wellKnown.aboutServer(address)
			.next()
			.map((server) -> new Documents(issuer, server, resource))
			.switchIfEmpty(Mono
				.error(() -> new UpstreamException.Misconfigured("upstream: no metadata of the server " + address)));
	}

	private Mono<Documents> documentsAtOrigin() {
		URI origin = this.settings.url();
		return this.wellKnown.aboutServer(origin)
			.next()
			.map((server) -> new Documents(origin.toString(), server, null));
	}

	/**
	 * What an upstream publishes.
	 *
	 * @param expectedIssuer the issuer the document about the server was asked from
	 * @param server the document about the server
	 * @param resource the document that named the server, or {@code null} if there was
	 * none
	 */
	record Documents(String expectedIssuer, JsonDocument server, @Nullable JsonDocument resource) {

	}

}
