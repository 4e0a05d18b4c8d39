package dev.mcpbridge.authorization;

import java.util.List;

import dev.mcpbridge.authorization.AuthorizationReading.Accepted;
import dev.mcpbridge.authorization.AuthorizationReading.Faulty;
import dev.mcpbridge.authorization.AuthorizationReading.Unproven;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.oauth.OAuthErrorException;
import dev.mcpbridge.upstream.UpstreamException;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Where a person allows a client to act for them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.1">RFC 6749, section
 * 3.1</a>
 */
final class AuthorizeEndpoint {

	private final AuthorizationRequests requests;

	private final ConsentDesk consent;

	private final UpstreamLogins upstream;

	private final LoginStart login;

	private final ClientRedirect redirect;

	private final Pages pages;

	AuthorizeEndpoint(AuthorizationRequests requests, ConsentDesk consent, UpstreamLogins upstream, LoginStart login,
			ClientRedirect redirect, Pages pages) {
		this.requests = requests;
		this.consent = consent;
		this.upstream = upstream;
		this.login = login;
		this.redirect = redirect;
		this.pages = pages;
	}

	/** Asks the person, unless they said before that they need not be asked. */
	Mono<ServerResponse> ask(ServerRequest request) {
		return this.requests.read(request.queryParams(), ScopePolicy.UNKNOWN)
			.flatMap((blind) -> (blind instanceof Accepted) ? readAgain(request) : Mono.just(blind))
			.flatMap((reading) -> answer(request, reading))
			.onErrorResume(UpstreamException.class, this.login::explain);
	}

	/** The upstream is asked for its scopes only for a request that is in order. */
	private Mono<AuthorizationReading> readAgain(ServerRequest request) {
		return this.upstream.scopes().flatMap((scopes) -> this.requests.read(request.queryParams(), scopes));
	}

	private Mono<ServerResponse> answer(ServerRequest request, AuthorizationReading reading) {
		if (reading instanceof Unproven unproven) {
			return this.pages.error(HttpStatus.BAD_REQUEST, ErrorPage.of(unproven.error()));
		}
		if (reading instanceof Faulty faulty) {
			return this.redirect.error(faulty.to(), faulty.error());
		}
		Accepted accepted = (Accepted) reading;
		return this.consent.isGiven(request, accepted) ? this.login.start(request, accepted, List.of())
				: this.consent.ask(request, accepted);
	}

	/** Takes the person's answer. */
	Mono<ServerResponse> decide(ServerRequest request) {
		return RequestBody.form(request)
			.flatMap((form) -> this.consent.read(request, form))
			.flatMap((decision) -> decided(request, decision))
			.onErrorResume(OAuthErrorException.class,
					(ex) -> this.pages.error(HttpStatus.BAD_REQUEST, ErrorPage.of(ex.error())));
	}

	private Mono<ServerResponse> decided(ServerRequest request, ConsentDesk.Decision decision) {
		Accepted accepted = decision.about();
		if (accepted == null) {
			return this.pages.error(HttpStatus.BAD_REQUEST, ErrorPage.lostLogin());
		}
		if (!decision.allowed()) {
			return this.redirect.error(accepted.by(), OAuthError.accessDenied("the person did not allow it"));
		}
		return this.login.start(request, accepted, decision.cookies());
	}

}
