package dev.mcpbridge.authorization;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.mcpbridge.oauth.OAuthErrorException;
import dev.mcpbridge.oauth.ProtectedResources;
import dev.mcpbridge.secret.KeyRing;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Which path leads to which endpoint.
 */
final class AuthorizationServerRoutes {

	private static final CacheControl CACHE = CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic();

	private final MetadataEndpoint metadata;

	private final RegistrationEndpoint registration;

	private final AuthorizeEndpoint authorize;

	private final CallbackEndpoint callback;

	private final TokenEndpoint token;

	private final Supplier<KeyRing> keys;

	AuthorizationServerRoutes(MetadataEndpoint metadata, RegistrationEndpoint registration, AuthorizeEndpoint authorize,
			CallbackEndpoint callback, TokenEndpoint token, Supplier<KeyRing> keys) {
		this.metadata = metadata;
		this.registration = registration;
		this.authorize = authorize;
		this.callback = callback;
		this.token = token;
		this.keys = keys;
	}

	RouterFunction<ServerResponse> routes(ProtectedResources resources) {
		RouterFunctions.Builder routes = RouterFunctions.route()
			.POST("/register", answeringErrors(this.registration::register))
			.GET("/authorize", this.authorize::ask)
			.POST("/authorize", this.authorize::decide)
			.GET(AuthorizationServerSettings.CALLBACK_PATH, this.callback::handle)
			.POST("/access-token", answeringErrors(this.token::handle))
			.POST("/token", answeringErrors(this.token::handle))
			.GET("/jwks.json", this::jwks);
		for (String path : pathsWithMetadata(resources)) {
			routes.GET("/.well-known/oauth-authorization-server" + path, this.metadata::oauth)
				.GET("/.well-known/openid-configuration" + path, this.metadata::openid);
		}
		return routes.build();
	}

	/**
	 * Old clients look below the path of the MCP endpoint, new ones at the root. A path
	 * of the public URL comes after the suffix, where no proxy can strip it.
	 */
	private static List<String> pathsWithMetadata(ProtectedResources resources) {
		String prefix = resources.publicUrl().value().getRawPath();
		return Stream.concat(Stream.of(""), resources.paths().stream())
			.flatMap((path) -> Stream.of(path, prefix + path))
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

}
