package dev.mcpbridge.authorization;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.oauth.OAuthErrorException;
import dev.mcpbridge.oauth.ProtectedResources;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.store.StoreOutageException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponse;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Which path leads to which endpoint.
 */
final class AuthorizationServerRoutes {

	private static final Log log = LogFactory.getLog(AuthorizationServerRoutes.class);

	private static final CacheControl CACHE = CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic();

	private final MetadataEndpoint metadata;

	private final RegistrationEndpoint registration;

	private final AuthorizeEndpoint authorize;

	private final CallbackEndpoint callback;

	private final TokenDesk tokens;

	private final Supplier<KeyRing> keys;

	private final Pages pages;

	AuthorizationServerRoutes(MetadataEndpoint metadata, RegistrationEndpoint registration, AuthorizeEndpoint authorize,
			CallbackEndpoint callback, TokenDesk tokens, Supplier<KeyRing> keys, Pages pages) {
		this.metadata = metadata;
		this.registration = registration;
		this.authorize = authorize;
		this.callback = callback;
		this.tokens = tokens;
		this.keys = keys;
		this.pages = pages;
	}

	RouterFunction<ServerResponse> routes(ProtectedResources resources) {
		RouterFunctions.Builder routes = RouterFunctions.route()
			.POST("/register", answeringErrors(this.registration::register))
			.GET("/authorize", this.authorize::ask)
			.POST("/authorize", this.authorize::decide)
			.GET(AuthorizationServerSettings.CALLBACK_PATH, this.callback::handle)
			.GET("/jwks.json", this::jwks);
		this.tokens.addTo(routes);
		for (String path : pathsWithMetadata(resources)) {
			routes.GET("/.well-known/oauth-authorization-server" + path, this.metadata::oauth)
				.GET("/.well-known/openid-configuration" + path, this.metadata::openid);
		}
		return routes.onError(AbortedException.class, AuthorizationServerRoutes::aborted)
			.onError(StoreOutageException.class, this::unanswered)
			.onError((failure) -> !(failure instanceof ErrorResponse), this::broken)
			.build();
	}

	/**
	 * Old clients look below the path of the MCP endpoint, new ones at the root. A path
	 * of the public URL comes after the suffix, where no proxy can strip it.
	 */
	private static List<String> pathsWithMetadata(ProtectedResources resources) {
		String prefix = resources.publicUrl().value().getRawPath();
		return Stream.concat(Stream.of(""), resources.paths().stream())
			.flatMap((path) -> Stream.of(path, prefix + path))
			.flatMap((path) -> Stream.of(path, path + "/"))
			.distinct()
			.toList();
	}

	private Mono<ServerResponse> jwks(ServerRequest request) {
		return ServerResponse.ok().cacheControl(CACHE).bodyValue(this.keys.get().publicKeys().toJSONObject());
	}

	private static HandlerFunction<ServerResponse> answeringErrors(HandlerFunction<ServerResponse> handler) {
		return (request) -> handler.handle(request)
			.onErrorResume(OAuthErrorException.class, (failure) -> Answers.error(failure.error()));
	}

	/** Nobody is there to be answered; Spring would call it an error of ours. */
	private static Mono<ServerResponse> aborted(Throwable failure, ServerRequest request) {
		log.debug("request broken off path=" + request.path());
		return Mono.empty();
	}

	private Mono<ServerResponse> unanswered(Throwable failure, ServerRequest request) {
		log.warn("request put off path=%s reason=%s".formatted(request.path(), failure.getMessage()));
		return putOff(request, "the gateway cannot reach its store right now");
	}

	/**
	 * Answers for failures nobody foresaw. Left to Spring they would be logged with the
	 * query of the request, and that may hold a code.
	 */
	private Mono<ServerResponse> broken(Throwable failure, ServerRequest request) {
		log.error("request failed path=" + request.path(), failure);
		return putOff(request, "the gateway could not finish the request");
	}

	private Mono<ServerResponse> putOff(ServerRequest request, String why) {
		boolean forPeople = request.headers().accept().contains(MediaType.TEXT_HTML);
		return forPeople ? this.pages.error(HttpStatus.SERVICE_UNAVAILABLE, ErrorPage.broken())
				: Answers.error(OAuthError.temporarilyUnavailable(why));
	}

}
