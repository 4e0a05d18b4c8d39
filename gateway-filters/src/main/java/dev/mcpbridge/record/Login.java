package dev.mcpbridge.record;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

import org.springframework.http.HttpHeaders;

/**
 * Whom a request says it is of: the claims of its bearer token, <em>not</em> verified,
 * since this is looked at before anything else. They choose what is recorded, and nothing
 * more: a forged token gets its own refusal recorded.
 *
 * @param person {@code sub}
 * @param client {@code client_id}, or {@code azp}
 * @param grant {@code gid}, at tokens of ours
 * @param token the token itself; {@code null} without one
 */
record Login(@Nullable String person, @Nullable String client, @Nullable String grant, @Nullable String token) {

	private static final Login NOBODY = new Login(null, null, null, null);

	private static final String SCHEME = "bearer ";

	private static final int LARGEST = 64 * 1024;

	static Login of(HttpHeaders headers) {
		String value = headers.getFirst(HttpHeaders.AUTHORIZATION);
		if (value == null || value.length() > LARGEST || !value.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
			return NOBODY;
		}
		String token = value.substring(SCHEME.length()).strip();
		JsonNode claims = claims(token);
		String client = claim(claims, "client_id");
		return new Login(claim(claims, "sub"), (client != null) ? client : claim(claims, "azp"), claim(claims, "gid"),
				token);
	}

	/** What stays the same as long as the login does, as far as can be told. */
	@Nullable String lasting() {
		if (this.grant != null) {
			return this.grant;
		}
		return (this.person != null) ? this.person + ' ' + this.client : this.token;
	}

	@Override
	public String toString() {
		return "Login[***]";
	}

	private static JsonNode claims(String token) {
		String[] parts = token.split("\\.", -1);
		if (parts.length != 3) {
			return MissingNode.getInstance();
		}
		try {
			byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
			return JsonMapper.shared().readTree(new String(payload, StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException | JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

	private static @Nullable String claim(JsonNode claims, String name) {
		JsonNode claim = claims.path(name);
		return claim.isString() && !claim.stringValue().isBlank() ? claim.stringValue() : null;
	}

}
