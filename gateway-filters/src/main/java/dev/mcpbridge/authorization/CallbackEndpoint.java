package dev.mcpbridge.authorization;

import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.Pseudonym;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.secret.RandomTexts;
import dev.mcpbridge.upstream.TokenAnswer;
import dev.mcpbridge.upstream.UpstreamException;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Where a person returns from the upstream. Whatever came of it, the client hears of it:
 * it is waiting.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2">RFC 6749, section
 * 4.1.2</a>
 */
final class CallbackEndpoint {

	private static final Log log = LogFactory.getLog(CallbackEndpoint.class);

	/** Errors of the upstream that mean the same to our client. */
	private static final Set<String> PASSED_ON = Set.of("access_denied", "temporarily_unavailable");

	/** Anything else is no error code, and none to be logged. */
	private static final Pattern CODE = Pattern.compile("[a-z_]{1,64}");

	private static final OAuthError UNAVAILABLE = OAuthError
		.temporarilyUnavailable("the upstream could not finish the sign-in; try again in a moment");

	private static final OAuthError FAILED = new OAuthError("server_error", "the upstream refused the sign-in", 502);

	private final PendingLogins logins;

	private final UpstreamLogins upstream;

	private final ClientRegistrations clients;

	private final PendingCodes codes;

	private final ClientRedirect redirect;

	private final Pages pages;

	private final RandomTexts random;

	private final InstantSource clock;

	CallbackEndpoint(PendingLogins logins, UpstreamLogins upstream, ClientRegistrations clients, PendingCodes codes,
			ClientRedirect redirect, Pages pages, RandomTexts random, InstantSource clock) {
		this.logins = logins;
		this.upstream = upstream;
		this.clients = clients;
		this.codes = codes;
		this.redirect = redirect;
		this.pages = pages;
		this.random = random;
		this.clock = clock;
	}

	Mono<ServerResponse> handle(ServerRequest request) {
		Map<String, String> parameters = request.queryParams().toSingleValueMap();
		return this.logins.returning(request, parameters.get("state"))
			.flatMap((login) -> returned(login, parameters))
			.switchIfEmpty(Mono.defer(() -> this.pages.error(HttpStatus.BAD_REQUEST, ErrorPage.lostLogin())));
	}

	private Mono<ServerResponse> returned(PendingLogin login, Map<String, String> parameters) {
		return this.clients.proven(login.requested())
			.flatMap((client) -> returned(login, client, parameters))
			.switchIfEmpty(Mono.defer(() -> this.pages.error(HttpStatus.BAD_REQUEST, ErrorPage.lostLogin())));
	}

	private Mono<ServerResponse> returned(PendingLogin login, ProvenClient client, Map<String, String> parameters) {
		return this.upstream.mayHaveSent(login, parameters.get("iss"))
			.flatMap((trusted) -> trusted ? judge(login, client, parameters) : stop(login))
			.onErrorResume(UpstreamException.class, (failure) -> error(login, client, UNAVAILABLE));
	}

	private Mono<ServerResponse> judge(PendingLogin login, ProvenClient client, Map<String, String> parameters) {
		String code = parameters.get("code");
		if (code == null || code.isEmpty() || parameters.containsKey("error")) {
			return error(login, client, errorOf(parameters.get("error")));
		}
		return this.upstream.finish(login, code).flatMap((answer) -> settle(login, client, answer));
	}

	private Mono<ServerResponse> stop(PendingLogin login) {
		log.warn("login stopped reason=foreign_iss expected=" + login.upstreamClient().issuer());
		return this.pages.error(HttpStatus.BAD_REQUEST, ErrorPage.untrustedAnswer());
	}

	private Mono<ServerResponse> settle(PendingLogin login, ProvenClient client, TokenAnswer answer) {
		if (answer instanceof TokenAnswer.Issued issued) {
			return this.codes.issue(login.requested(), grant(login, issued.tokens()))
				.flatMap((code) -> ClientRedirect
					.seeOther(this.redirect.withCode(client.redirectUri(), client.state(), code))
					.cookie(this.logins.finished(login))
					.build());
		}
		log.warn("login cannot finish reason=" + answer);
		return error(login, client, (answer instanceof TokenAnswer.Unavailable) ? UNAVAILABLE : FAILED);
	}

	private Grant grant(PendingLogin login, UpstreamTokens tokens) {
		String id = this.random.next();
		RequestedAuthorization requested = login.requested();
		String subject = Pseudonym.of(login.upstreamClient().issuer(), tokens.accessToken(), id);
		String scope = tokens.scope().isEmpty() ? requested.scope() : String.join(" ", tokens.scope());
		return new Grant(id, subject, requested.clientId(), scope, requested.resource(), this.clock.instant(),
				login.upstreamClient(), tokens, null, 1);
	}

	private Mono<ServerResponse> error(PendingLogin login, ProvenClient client, OAuthError error) {
		return ClientRedirect.seeOther(this.redirect.withError(client.redirectUri(), client.state(), error))
			.cookie(this.logins.finished(login))
			.build();
	}

	/** What the person said is no news; what the upstream says is told nowhere else. */
	private static OAuthError errorOf(@Nullable String code) {
		if (code == null || !PASSED_ON.contains(code)) {
			boolean named = code != null && CODE.matcher(code).matches();
			log.warn("login refused by upstream reason=" + (named ? code : "unnamed"));
			return FAILED;
		}
		return code.equals("access_denied") ? OAuthError.accessDenied("the sign-in was declined") : UNAVAILABLE;
	}

}
