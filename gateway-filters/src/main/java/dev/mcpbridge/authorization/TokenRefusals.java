package dev.mcpbridge.authorization;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Tells a client that it is refused, and an operator why.
 */
final class TokenRefusals {

	private static final Log log = LogFactory.getLog(TokenRefusals.class);

	private final TokenEndpointListener listener;

	TokenRefusals(TokenEndpointListener listener) {
		this.listener = listener;
	}

	Mono<ServerResponse> answer(TokenRefusal refusal) {
		log.info("token refused error=%s reason=%s".formatted(refusal.error().code(), refusal.reason().word()));
		this.listener.refused(refusal.error(), refusal.reason());
		String login = refusal.login();
		if (login != null) {
			this.listener.loginNeeded(login);
		}
		return Answers.error(refusal.error());
	}

}
