package dev.mcpbridge.simulator.oauth;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import reactor.core.publisher.Mono;

import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Call;
import dev.mcpbridge.simulator.wire.Json;

/**
 * An authorization server that behaves like {@code workers-oauth-provider}, which the
 * captured service is built on.
 */
public final class AuthorizationServer {

	private final OAuthSettings settings;

	private final Clients clients;

	private final AccessTokens tokens;

	private final Grants grants;

	private final People people;

	private final Discovery discovery;

	private final Registration registration;

	private final Authorization authorization;

	private final TokenEndpoint tokenEndpoint;

	/**
	 * Starts without clients and grants.
	 * @param settings how to behave
	 * @param clock what time it is
	 */
	public AuthorizationServer(OAuthSettings settings, InstantSource clock) {
		this.settings = settings;
		RandomText random = new RandomText(new SecureRandom());
		this.clients = new Clients(clock, settings, random);
		this.tokens = new AccessTokens(clock, settings.tokenLifetime(), settings.tokenLook());
		this.grants = new Grants(this.tokens, settings, clock, random);
		this.people = new People(settings.person());
		this.discovery = new Discovery(settings);
		this.registration = new Registration(this.clients, settings);
		this.authorization = new Authorization(this.clients, this.grants, this.people, settings.autoApprove());
		this.tokenEndpoint = new TokenEndpoint(this.clients, this.grants, settings);
	}

	/**
	 * Answers a well-known address.
	 * @param call the request
	 * @return metadata, or 404
	 */
	public Answer discovery(Call call) {
		return this.discovery.answer(call);
	}

	/**
	 * Registers a client.
	 * @param call the request
	 * @return 201, or a refusal
	 */
	public Answer register(Call call) {
		return at("register", call, this.registration::answer);
	}

	/**
	 * Asks for consent, or takes the decision.
	 * @param call the request
	 * @return a page or a redirect
	 */
	public Answer authorize(Call call) {
		return at("authorize", call, this.authorization::answer);
	}

	/**
	 * Redeems or revokes.
	 * @param call the request
	 * @return tokens, or a refusal
	 */
	public Answer token(Call call) {
		return at("token", call, this.tokenEndpoint::answer);
	}

	/**
	 * Passes a call on if its bearer is valid; the scheme word is case-sensitive, as
	 * captured.
	 * @param call the request
	 * @param next what the person behind the token gets
	 * @return that, or the captured 401
	 */
	public Mono<Answer> guard(Call call, Function<String, Mono<Answer>> next) {
		Optional<String> bearer = call.header("authorization")
			.filter((value) -> value.startsWith("Bearer "))
			.map((value) -> value.substring("Bearer ".length()));
		if (bearer.isEmpty()) {
			return Mono.just(unauthorized(call, "Missing or invalid access token"));
		}
		return bearer.flatMap(this.tokens::person)
			.map(next)
			.orElseGet(() -> Mono.just(unauthorized(call, "Invalid access token")));
	}

	/**
	 * Lets somebody else sit before the next consent page.
	 * @param person 24 hex digits
	 */
	public void nextPerson(String person) {
		this.people.queue(person);
	}

	/** Ends every access token; refresh tokens live on. */
	public void expireAccessTokens() {
		this.tokens.forgetAll();
	}

	/**
	 * Ends one access token.
	 * @param token the access token
	 */
	public void expireAccessToken(String token) {
		this.tokens.forget(token);
	}

	/**
	 * Refuses the first uses of each access token issued from now on.
	 * @param times how many uses
	 */
	public void refuseFreshTokens(int times) {
		this.tokens.refuseFresh(times);
	}

	/** Forgets every registered client, as if all had expired. */
	public void forgetClients() {
		this.clients.forgetAll();
	}

	/**
	 * Counts refresh tokens redeemed.
	 * @return how many
	 */
	public int refreshes() {
		return this.grants.refreshes();
	}

	/**
	 * Counts tokens given back by clients it knows, whatever they were worth.
	 * @return how many
	 */
	public int revocations() {
		return this.tokenEndpoint.revocations();
	}

	/**
	 * Counts clients registered.
	 * @return how many
	 */
	public int registrations() {
		return this.clients.registrations();
	}

	/**
	 * Counts consents given.
	 * @return how many
	 */
	public int authorizations() {
		return this.authorization.approvals();
	}

	/**
	 * Lists every access and refresh token ever issued.
	 * @return the tokens, oldest first
	 */
	public List<String> issuedTokens() {
		return this.tokens.everIssued();
	}

	private Answer unauthorized(Call call, String description) {
		return Answer.json(401, Json.object().put("error", "invalid_token").put("error_description", description))
			.with("www-authenticate", this.discovery.challenge(call));
	}

	private Answer at(String name, Call call, Function<Call, Answer> endpoint) {
		if (!call.path().equals(this.settings.endpoint(name))) {
			return Answer.notFound();
		}
		try {
			return endpoint.apply(call);
		}
		catch (Refusal refusal) {
			return refusal.answer();
		}
	}

}
