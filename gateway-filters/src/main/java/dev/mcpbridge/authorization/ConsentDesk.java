package dev.mcpbridge.authorization;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import dev.mcpbridge.authorization.AuthorizationReading.Accepted;
import dev.mcpbridge.authorization.AuthorizationServerSettings.Consent;
import dev.mcpbridge.oauth.RegisteredRedirectUri;
import dev.mcpbridge.secret.Fingerprint;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.RandomTexts;
import dev.mcpbridge.secret.SealedBox;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Asks the person, and believes only an answer given on our page, in the browser that was
 * asked, to the question that was asked.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2025-11-25/basic/security_best_practices#confused-deputy-problem">MCP,
 * the confused deputy problem</a>
 */
final class ConsentDesk {

	private static final String COOKIE = "browser";

	private static final Pattern NAME = Pattern.compile("[\\w-]{22}");

	private final AuthorizationServerSettings settings;

	private final ClientRegistrations clients;

	private final SealedBox<ConsentTicket> tickets;

	private final RememberedConsents remembered;

	private final BrowserCookies cookies;

	private final RandomTexts random;

	private final InstantSource clock;

	private final Pages pages;

	ConsentDesk(AuthorizationServerSettings settings, ClientRegistrations clients, Supplier<KeyRing> keys,
			BrowserCookies cookies, RandomTexts random, InstantSource clock, Pages pages) {
		this.settings = settings;
		this.clients = clients;
		this.tickets = new SealedBox<>(keys, "consent", ConsentTicket.class);
		this.remembered = new RememberedConsents(keys, cookies, settings.rememberFor(), clock);
		this.cookies = cookies;
		this.random = random;
		this.clock = clock;
		this.pages = pages;
	}

	boolean isGiven(ServerRequest request, Accepted accepted) {
		return switch (this.settings.consent()) {
			case NEVER -> true;
			case ALWAYS -> false;
			case REMEMBER -> this.remembered.contains(request, accepted);
		};
	}

	Mono<ServerResponse> ask(ServerRequest request, Accepted accepted) {
		String browser = browser(request).orElseGet(this.random::next);
		Duration lifetime = this.settings.loginLifetime();
		String ticket = this.tickets.seal(new ConsentTicket(accepted.requested(), Fingerprint.of(browser),
				this.clock.instant().plus(lifetime).getEpochSecond()));
		ServerResponse.BodyBuilder answer = ServerResponse.ok().cookie(this.cookies.write(COOKIE, browser, lifetime));
		return this.pages.consent(answer, page(accepted, ticket));
	}

	private ConsentPage page(Accepted accepted, String ticket) {
		RegisteredRedirectUri redirectUri = accepted.by().redirectUri();
		String name = accepted.by().client().name();
		String host = redirectUri.isLoopback() ? "this computer (%s)".formatted(redirectUri.host())
				: redirectUri.host();
		return new ConsentPage((name != null) ? name : "An application without a name", host, redirectUri.isLoopback(),
				Permissions.inWords(accepted.requested().scope()), this.settings.consent() == Consent.REMEMBER,
				this.settings.publicUrl().at("/authorize").toString(), ticket);
	}

	/**
	 * Reads the person's answer.
	 * @param request the request of the form
	 * @param form its fields
	 * @return the decision; about nothing if it is not an answer to a question of ours
	 */
	Mono<Decision> read(ServerRequest request, Map<String, List<String>> form) {
		return (isOurPage(request) ? question(request, first(form, "ticket")) : Mono.<Accepted>empty())
			.map((about) -> decision(request, form, about))
			.defaultIfEmpty(new Decision(null, false, List.of()));
	}

	private Decision decision(ServerRequest request, Map<String, List<String>> form, Accepted about) {
		boolean allowed = "allow".equals(first(form, "decision"));
		boolean remember = allowed && first(form, "remember") != null && this.settings.consent() == Consent.REMEMBER;
		return new Decision(about, allowed, remember ? List.of(this.remembered.with(request, about)) : List.of());
	}

	/** Browsers say where a form came from; older ones say nothing. */
	private boolean isOurPage(ServerRequest request) {
		HttpHeaders headers = request.headers().asHttpHeaders();
		String site = headers.getFirst("Sec-Fetch-Site");
		String origin = headers.getOrigin();
		return (site == null || site.equals("same-origin"))
				&& (origin == null || origin.equals(this.settings.publicUrl().origin()));
	}

	/** Only a name of the kind we give is kept; anything else is somebody else's. */
	private Optional<String> browser(ServerRequest request) {
		return this.cookies.read(request, COOKIE).filter((value) -> NAME.matcher(value).matches());
	}

	private Mono<Accepted> question(ServerRequest request, @Nullable String sealed) {
		String browser = browser(request).map(Fingerprint::of).orElse(null);
		long now = this.clock.instant().getEpochSecond();
		return Mono.justOrEmpty(this.tickets.open(sealed))
			.filter((ticket) -> ticket.browser().equals(browser) && ticket.expiresAt() > now)
			.flatMap((ticket) -> prove(ticket.requested()));
	}

	private Mono<Accepted> prove(RequestedAuthorization requested) {
		return this.clients.proven(requested).map((ProvenClient proven) -> new Accepted(proven, requested));
	}

	private static @Nullable String first(Map<String, List<String>> form, String name) {
		List<String> values = form.get(name);
		return (values == null || values.isEmpty()) ? null : values.get(0);
	}

	/**
	 * What the person said.
	 *
	 * @param about the question they answered, or {@code null} if it was none of ours
	 * @param allowed whether they allowed it
	 * @param cookies what their browser is to remember
	 */
	record Decision(@Nullable Accepted about, boolean allowed, List<ResponseCookie> cookies) {

	}

}
