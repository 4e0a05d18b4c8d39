package dev.mcpbridge.authorization;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Where the one program that may asks what a token is worth. Without one, nobody may.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2">RFC 7662, section 2</a>
 */
final class IntrospectionEndpoint {

	private final @Nullable Introspector introspector;

	private final TokenIntrospection introspection;

	IntrospectionEndpoint(@Nullable Introspector introspector, TokenIntrospection introspection) {
		this.introspector = introspector;
		this.introspection = introspection;
	}

	Mono<ServerResponse> handle(ServerRequest request) {
		return RequestBody.form(request)
			.map((form) -> TokenQuery.of(request, form))
			.flatMap(this::describe)
			.flatMap((members) -> Answers.json(HttpStatus.OK, members));
	}

	private Mono<Map<String, Object>> describe(TokenQuery query) {
		if (this.introspector == null || !this.introspector.isProvenBy(query.proof())) {
			return Mono.error(TokenRefusal.ofClient("introspection is not for this client", RefusalReason.UNPROVEN));
		}
		return this.introspection.describe(query.token());
	}

}
