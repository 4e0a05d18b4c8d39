package dev.mcpbridge.authorization;

import java.net.URI;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.oauth.RegisteredRedirectUri;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Sends the person back to the client, always with {@code state} and {@code iss}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9207#section-2">RFC 9207, section 2</a>
 */
final class ClientRedirect {

	private final Issuer issuer;

	ClientRedirect(String issuer) {
		this.issuer = new Issuer(issuer);
	}

	URI withCode(RegisteredRedirectUri to, @Nullable String state, String code) {
		return uri(new AuthorizationSuccessResponse(to.value(), new AuthorizationCode(code), null, state(state),
				this.issuer, ResponseMode.QUERY));
	}

	URI withError(RegisteredRedirectUri to, @Nullable String state, OAuthError error) {
		return uri(new AuthorizationErrorResponse(to.value(), ErrorObjects.toErrorObject(error), state(state),
				this.issuer, ResponseMode.QUERY));
	}

	/**
	 * Sends a browser elsewhere with a GET, whatever it came with.
	 * @param location where to
	 * @return a 303 nobody may cache
	 */
	static ServerResponse.BodyBuilder seeOther(URI location) {
		return ServerResponse.status(HttpStatus.SEE_OTHER).location(location).cacheControl(CacheControl.noStore());
	}

	Mono<ServerResponse> error(ProvenClient to, OAuthError error) {
		return seeOther(withError(to.redirectUri(), to.state(), error)).build();
	}

	private static @Nullable State state(@Nullable String state) {
		return (state == null || state.isBlank()) ? null : new State(state);
	}

	private static URI uri(AuthorizationResponse response) {
		return response.toURI();
	}

}
