package dev.mcpbridge.authorization;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mcpbridge.secret.Fingerprint;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.SealedBox;

import org.springframework.http.ResponseCookie;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Decisions a person asked us to remember, sealed in a cookie of their browser.
 * <p>
 * A decision stands for one client with one redirect target, one set of scopes and one
 * resource; anything else asks again.
 */
final class RememberedConsents {

	private static final String COOKIE = "consents";

	private static final int MAX_ENTRIES = 20;

	private final SealedBox<Entries> box;

	private final BrowserCookies cookies;

	private final Duration lifetime;

	private final InstantSource clock;

	RememberedConsents(Supplier<KeyRing> keys, BrowserCookies cookies, Duration lifetime, InstantSource clock) {
		this.box = new SealedBox<>(keys, "consents", Entries.class);
		this.cookies = cookies;
		this.lifetime = lifetime;
		this.clock = clock;
	}

	boolean contains(ServerRequest request, AuthorizationReading.Accepted accepted) {
		return alive(request).anyMatch((entry) -> entry.consent().equals(consentTo(accepted)));
	}

	ResponseCookie with(ServerRequest request, AuthorizationReading.Accepted accepted) {
		String consent = consentTo(accepted);
		List<Entry> entries = new ArrayList<>();
		entries.add(new Entry(consent, this.clock.instant().plus(this.lifetime).getEpochSecond()));
		alive(request).filter((entry) -> !entry.consent().equals(consent)).limit(MAX_ENTRIES - 1).forEach(entries::add);
		return this.cookies.write(COOKIE, this.box.seal(new Entries(entries)), this.lifetime);
	}

	private Stream<Entry> alive(ServerRequest request) {
		long now = this.clock.instant().getEpochSecond();
		return this.cookies.read(request, COOKIE)
			.flatMap(this.box::open)
			.stream()
			.flatMap((entries) -> entries.list().stream())
			.filter((entry) -> entry.expiresAt() > now);
	}

	private static String consentTo(AuthorizationReading.Accepted accepted) {
		RequestedAuthorization requested = accepted.requested();
		return Fingerprint.of(requested.clientId(), accepted.by().redirectUri().host(), requested.scope(),
				requested.resource());
	}

	/**
	 * What the cookie holds.
	 *
	 * @param list the decisions, the newest first
	 */
	record Entries(@JsonProperty("l") List<Entry> list) {

	}

	/**
	 * One decision.
	 *
	 * @param consent the fingerprint of what was allowed
	 * @param expiresAt when to ask again, in seconds since 1970
	 */
	record Entry(@JsonProperty("c") String consent, @JsonProperty("e") long expiresAt) {

	}

}
