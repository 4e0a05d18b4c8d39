package dev.mcpbridge.upstream;

import java.net.URI;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds metadata documents at their well-known places, asking one place after another.
 * <p>
 * Tells a place without a document (go on) from a place that is out of order (stop): an
 * upstream in maintenance must never look like one that has no metadata.
 */
final class WellKnown {

	/** What a server answers at a path it does not serve. */
	private static final Set<Integer> ABSENT = Set.of(400, 401, 404, 405, 406, 410);

	private final UpstreamHttp http;

	WellKnown(UpstreamHttp http) {
		this.http = http;
	}

	/**
	 * Returns the documents about a protected resource, the most specific first.
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-3.1">RFC 9728, section
	 * 3.1</a>
	 */
	Flux<JsonDocument> aboutResource(URI resource) {
		String path = "/.well-known/oauth-protected-resource";
		return documents(Stream.of(path + pathOf(resource), path).map(resource::resolve));
	}

	/**
	 * Returns the documents about an authorization server: OAuth's, then OpenID Connect's
	 * in both its forms.
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-3.1">RFC 8414, section
	 * 3.1</a> and <a href="https://www.rfc-editor.org/rfc/rfc8414#section-5">section
	 * 5</a>
	 */
	Flux<JsonDocument> aboutServer(URI issuer) {
		String path = pathOf(issuer);
		return documents(Stream
			.of("/.well-known/oauth-authorization-server" + path, "/.well-known/openid-configuration" + path,
					path + "/.well-known/openid-configuration")
			.map(issuer::resolve));
	}

	private static String pathOf(URI address) {
		String path = address.getRawPath();
		return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
	}

	private Flux<JsonDocument> documents(Stream<URI> places) {
		return Flux.fromIterable(places.distinct().toList()).concatMap(this::document, 0);
	}

	private Mono<JsonDocument> document(URI place) {
		return this.http.get(place).flatMap((answer) -> Mono.justOrEmpty(documentIn(answer, place)));
	}

	private @Nullable JsonDocument documentIn(HttpAnswer answer, URI place) {
		if (ABSENT.contains(answer.status())) {
			return null;
		}
		JsonDocument document = answer.isSuccess() ? answer.json() : null;
		if (document == null && (!answer.isSuccess() || answer.isPage() || answer.claimsJson())) {
			throw this.http.unavailable(answer, place);
		}
		return document;
	}

}
