package dev.mcpbridge.authorization;

import java.net.URI;
import java.util.List;

import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.mcpbridge.secret.RandomTexts;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.TokenAnswer;
import dev.mcpbridge.upstream.Upstream;
import dev.mcpbridge.upstream.UpstreamClient;
import dev.mcpbridge.upstream.UpstreamServer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Our own login at the upstream, with PKCE of our own: the client's verifier and ours
 * never meet.
 */
final class UpstreamLogins {

	private final Upstream upstream;

	private final UpstreamClients clients;

	private final PendingLogins logins;

	private final List<String> scopes;

	private final RandomTexts random;

	UpstreamLogins(Upstream upstream, UpstreamClients clients, PendingLogins logins, List<String> scopes,
			RandomTexts random) {
		this.scopes = scopes;
		this.upstream = upstream;
		this.clients = clients;
		this.logins = logins;
		this.random = random;
	}

	/**
	 * Returns what can be asked for: what is configured, or what the upstream says.
	 * @return the scopes; an {@link dev.mcpbridge.upstream.UpstreamException} if the
	 * upstream has to be asked and does not answer
	 */
	Mono<ScopePolicy> scopes() {
		return this.scopes.isEmpty()
				? this.upstream.discovery().server().map((server) -> new ScopePolicy(server.scopesSupported()))
				: Mono.just(new ScopePolicy(this.scopes));
	}

	/**
	 * Begins a login.
	 * @param requested what the client asked for
	 * @return where to send the person, and what to remember; an
	 * {@link dev.mcpbridge.upstream.UpstreamException} if the upstream does not let us
	 */
	Mono<Begun> begin(RequestedAuthorization requested) {
		return this.upstream.discovery()
			.server()
			.flatMap((server) -> this.clients.clientFor(server, requested.clientId())
				.map((client) -> begin(server, client, requested)));
	}

	private Begun begin(UpstreamServer server, UpstreamClient client, RequestedAuthorization requested) {
		String id = this.random.next();
		CodeVerifier verifier = new CodeVerifier();
		URI location = this.upstream.authorization()
			.request(server, client, Scope.parse(requested.scope()), new State(this.logins.state(id)), verifier);
		return new Begun(location, new PendingLogin(id, requested, client, Secret.of(verifier.getValue())));
	}

	/**
	 * Tells whether a return may come from the server the person was sent to, whatever
	 * server is discovered by now.
	 * @param login the login
	 * @param iss the {@code iss} it came with
	 * @return whether it may be trusted
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc9207#section-2.4">RFC 9207, section
	 * 2.4</a>
	 */
	Mono<Boolean> mayHaveSent(PendingLogin login, @Nullable String iss) {
		return (iss != null) ? Mono.just(iss.equals(login.upstreamClient().issuer()))
				: this.upstream.discovery().server().map((server) -> server.mayHaveSent(null));
	}

	/**
	 * Finishes a login.
	 * @param login the login
	 * @param code the code the person came back with
	 * @return what the upstream's token endpoint said
	 */
	Mono<TokenAnswer> finish(PendingLogin login, String code) {
		UpstreamClient client = login.upstreamClient();
		return this.upstream.tokenEndpoint()
			.exchange(client, Secret.of(code), new CodeVerifier(login.verifier().reveal()))
			.delayUntil((answer) -> (answer instanceof TokenAnswer.Refused refused && refused.clientUnknown())
					? this.clients.forget(client, login.requested().clientId()) : Mono.empty());
	}

	/**
	 * A login that can be sent on its way.
	 *
	 * @param location the upstream's page
	 * @param login what to remember meanwhile
	 */
	record Begun(URI location, PendingLogin login) {

	}

}
