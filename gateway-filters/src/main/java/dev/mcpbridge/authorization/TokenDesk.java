package dev.mcpbridge.authorization;

import dev.mcpbridge.oauth.OAuthErrorException;

import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The endpoints where tokens are got, given back and judged, each of which tells and
 * counts whom it refuses.
 */
final class TokenDesk {

	private final TokenEndpoint token;

	private final RevocationEndpoint revocation;

	private final IntrospectionEndpoint introspection;

	private final TokenRefusals refusals;

	TokenDesk(TokenEndpoint token, RevocationEndpoint revocation, IntrospectionEndpoint introspection,
			TokenRefusals refusals) {
		this.token = token;
		this.revocation = revocation;
		this.introspection = introspection;
		this.refusals = refusals;
	}

	void addTo(RouterFunctions.Builder routes) {
		routes.POST("/access-token", refusing(this.token::handle))
			.POST("/token", refusing(this.token::handle))
			.POST("/revoke", refusing(this.revocation::handle))
			.POST("/introspect", refusing(this.introspection::handle));
	}

	private HandlerFunction<ServerResponse> refusing(HandlerFunction<ServerResponse> handler) {
		return (request) -> handler.handle(request)
			.onErrorResume(TokenRefusal.class, this.refusals::answer)
			.onErrorResume(OAuthErrorException.class, (failure) -> Answers.error(failure.error()));
	}

}
