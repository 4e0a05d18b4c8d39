package dev.mcpbridge.record;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpHeaders;

/**
 * Headers without what must not be known: their names, and whether a value is the same as
 * another, stay.
 */
final class RedactedHeaders {

	private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization");

	private static final Set<String> COOKIES = Set.of("cookie", "set-cookie");

	private static final Set<String> WHOLE = Set.of("mcp-session-id", "x-api-key", "api-key", "x-auth-token",
			"x-csrf-token", "x-xsrf-token", "dpop", "x-amz-security-token", "x-forwarded-access-token",
			"x-forwarded-client-cert", "x-goog-iap-jwt-assertion", "cf-access-jwt-assertion");

	private final Redactor redactor;

	private final RedactedQuery urls;

	private final Set<String> whole = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

	RedactedHeaders(Redactor redactor, List<String> more) {
		this.redactor = redactor;
		this.urls = new RedactedQuery(redactor);
		this.whole.addAll(WHOLE);
		this.whole.addAll(more);
	}

	/**
	 * Returns headers.
	 * @param headers as they were sent
	 * @return their names in lower case, each with its values
	 */
	ObjectNode of(HttpHeaders headers) {
		ObjectNode all = JsonNodeFactory.instance.objectNode();
		headers.forEach((name, values) -> {
			ArrayNode redacted = all.putArray(name.toLowerCase(Locale.ROOT));
			values.forEach((value) -> redacted.add(value(name.toLowerCase(Locale.ROOT), value)));
		});
		return all;
	}

	private String value(String name, String value) {
		if (CREDENTIALS.contains(name)) {
			return credentials(value);
		}
		if (COOKIES.contains(name)) {
			return cookies(value, name.equals("cookie"));
		}
		if (this.whole.contains(name)) {
			return this.redactor.secret(value);
		}
		return this.urls.url(value);
	}

	/** The scheme stays. */
	private String credentials(String value) {
		int space = value.strip().indexOf(' ');
		return (space < 0) ? this.redactor.secret(value) : value.strip().substring(0, space + 1)
				+ this.redactor.secret(value.strip().substring(space + 1).strip());
	}

	/** Names stay, and the attributes a server sets. */
	private String cookies(String value, boolean sent) {
		StringBuilder all = new StringBuilder();
		for (String part : value.split(";")) {
			boolean cookie = sent || all.isEmpty();
			int equals = part.indexOf('=');
			all.append(all.isEmpty() ? "" : ";")
				.append((cookie && equals >= 0)
						? part.substring(0, equals + 1) + this.redactor.secret(part.substring(equals + 1).strip())
						: cookie ? this.redactor.secret(part.strip()) : this.redactor.text(part));
		}
		return all.toString();
	}

}
