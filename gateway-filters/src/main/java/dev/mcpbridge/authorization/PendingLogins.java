package dev.mcpbridge.authorization;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.SealedBox;
import dev.mcpbridge.store.BridgeStore;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseCookie;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Logins on their way: bound to the browser that began them, void after a while, and good
 * for one return only.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-10.12">RFC 6749, section
 * 10.12</a>
 */
final class PendingLogins {

	private static final String COOKIE = "login-";

	/** More would make a request line too long for servers on the way. */
	private static final int MAX_AT_ONCE = 3;

	private static final int MAX_COOKIE = 3800;

	private final SealedBox<LoginState> states;

	private final SealedBox<PendingLogin> logins;

	private final BrowserCookies cookies;

	private final BridgeStore store;

	private final Duration lifetime;

	private final InstantSource clock;

	PendingLogins(Supplier<KeyRing> keys, BrowserCookies cookies, BridgeStore store, Duration lifetime,
			InstantSource clock) {
		this.states = new SealedBox<>(keys, "state", LoginState.class);
		this.logins = new SealedBox<>(keys, "login", PendingLogin.class);
		this.cookies = cookies;
		this.store = store;
		this.lifetime = lifetime;
		this.clock = clock;
	}

	String state(String id) {
		return this.states.seal(new LoginState(id, this.clock.instant().plus(this.lifetime).getEpochSecond()));
	}

	/**
	 * Puts a login into the person's browser.
	 * @param login the login
	 * @return the cookie, or empty if the request was too long to be kept in one
	 */
	Optional<ResponseCookie> cookie(PendingLogin login) {
		String value = this.logins.seal(login);
		return (value.length() > MAX_COOKIE) ? Optional.empty()
				: Optional.of(this.cookies.write(COOKIE + login.id(), value, this.lifetime));
	}

	/** Makes room for another login by forgetting some that were never finished. */
	List<ResponseCookie> surplus(ServerRequest request) {
		return this.cookies.namesStartingWith(request, COOKIE)
			.stream()
			.skip(MAX_AT_ONCE - 1)
			.map(this.cookies::clear)
			.toList();
	}

	ResponseCookie finished(PendingLogin login) {
		return this.cookies.clear(COOKIE + login.id());
	}

	/**
	 * Finds the login a person returns from, once.
	 * @param request the return
	 * @param state the {@code state} it came with
	 * @return the login; empty if it is void, another browser's, or was returned from
	 * before
	 */
	Mono<PendingLogin> returning(ServerRequest request, @Nullable String state) {
		long now = this.clock.instant().getEpochSecond();
		return Mono.justOrEmpty(this.states.open(state).filter((opened) -> opened.expiresAt() > now))
			.flatMap((opened) -> Mono.justOrEmpty(inBrowser(request, opened.id())))
			.filterWhen((login) -> this.store.replace("login:" + login.id(), 0, "", this.lifetime));
	}

	private Optional<PendingLogin> inBrowser(ServerRequest request, String id) {
		return this.cookies.read(request, COOKIE + id)
			.flatMap(this.logins::open)
			.filter((login) -> login.id().equals(id));
	}

}
