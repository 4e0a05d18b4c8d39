package dev.mcpbridge.authorization;

import java.util.List;
import java.util.Optional;

import dev.mcpbridge.authorization.AuthorizationReading.Accepted;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.upstream.UpstreamException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Sends the person on to the upstream, or tells them why that cannot be.
 */
final class LoginStart {

	private static final Log log = LogFactory.getLog(LoginStart.class);

	private final UpstreamLogins upstream;

	private final PendingLogins logins;

	private final ClientRedirect redirect;

	private final Pages pages;

	private final AuthorizationServerSettings settings;

	LoginStart(UpstreamLogins upstream, PendingLogins logins, ClientRedirect redirect, Pages pages,
			AuthorizationServerSettings settings) {
		this.upstream = upstream;
		this.logins = logins;
		this.redirect = redirect;
		this.pages = pages;
		this.settings = settings;
	}

	Mono<ServerResponse> start(ServerRequest request, Accepted accepted, List<ResponseCookie> cookies) {
		return this.upstream.begin(accepted.requested())
			.flatMap((begun) -> send(request, accepted, begun, cookies))
			.onErrorResume(UpstreamException.class, this::explain);
	}

	private Mono<ServerResponse> send(ServerRequest request, Accepted accepted, UpstreamLogins.Begun begun,
			List<ResponseCookie> cookies) {
		Optional<ResponseCookie> cookie = this.logins.cookie(begun.login());
		if (cookie.isEmpty()) {
			return this.redirect.error(accepted.by(), OAuthError.invalidRequest("the request is too long"));
		}
		ServerResponse.BodyBuilder answer = ClientRedirect.seeOther(begun.location()).cookie(cookie.get());
		cookies.forEach(answer::cookie);
		this.logins.surplus(request).forEach(answer::cookie);
		return answer.build();
	}

	/** Tells the person why the upstream cannot be asked. */
	Mono<ServerResponse> explain(UpstreamException failure) {
		log.warn("login cannot start reason=\"" + failure.getMessage() + "\"");
		if (failure instanceof UpstreamException.Refused) {
			return this.pages.error(HttpStatus.BAD_GATEWAY,
					ErrorPage.refused(this.settings.publicUrl().at(AuthorizationServerSettings.CALLBACK_PATH)));
		}
		if (failure instanceof UpstreamException.Misconfigured) {
			return this.pages.error(HttpStatus.BAD_GATEWAY, ErrorPage.misconfigured());
		}
		return this.pages.error(HttpStatus.SERVICE_UNAVAILABLE, ErrorPage.unavailable());
	}

}
