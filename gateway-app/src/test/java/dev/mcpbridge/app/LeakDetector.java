package dev.mcpbridge.app;

import java.net.URI;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.ReceivedRequest;

/**
 * Learns every secret that crosses the wire and finds fragments of them in texts.
 */
final class LeakDetector {

	/** The shortest fragment that counts; shorter ones occur by chance. */
	private static final int FRAGMENT = 12;

	private static final Pattern COOKIE = Pattern.compile("^[^=]+=([^;]+)");

	private static final Pattern IN_JSON = Pattern
		.compile("\"(?:access_token|refresh_token|client_id|client_secret)\"\\s*:\\s*\"([^\"]+)\"");

	private static final Pattern IN_HTML = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"");

	private static final Pattern IN_EVENT = Pattern.compile("sessionId=(\\S+)");

	private static final Set<String> PARAMETERS = Set.of("code", "code_verifier", "code_challenge", "state",
			"client_id", "client_secret", "refresh_token", "sessionId", "access_token");

	private static final Set<String> CLAIMS = Set.of("sub", "gid", "jti", "atlassian_access_token");

	private final Set<String> secrets = new TreeSet<>();

	/** Learns what an answer carries, and passes it on. */
	HttpResponse<String> learn(HttpResponse<String> answer) {
		answer.headers().allValues("Set-Cookie").forEach((cookie) -> learn(COOKIE, cookie));
		answer.headers().allValues("mcp-session-id").forEach(this::learn);
		answer.headers().firstValue("Location").ifPresent((location) -> learn(URI.create(location)));
		List.of(IN_JSON, IN_HTML, IN_EVENT).forEach((pattern) -> learn(pattern, answer.body()));
		return answer;
	}

	/** Learns what a URL carries, and passes it on. */
	URI learn(URI url) {
		learnParameters(url.getRawQuery());
		return url;
	}

	/** Learns a secret; of a JWT, what it says of people too. */
	void learn(String secret) {
		if (secret.length() < FRAGMENT || !this.secrets.add(secret)) {
			return;
		}
		try {
			Map<String, Object> claims = SignedJWT.parse(secret).getJWTClaimsSet().getClaims();
			CLAIMS.forEach((claim) -> learn(String.valueOf(claims.get(claim))));
		}
		catch (ParseException ex) {
			// no JWT
		}
	}

	/** Learns whatever the upstream issued or was sent. */
	void learnAllOf(AtlassianSimulator atlassian) {
		atlassian.issuedTokens().forEach(this::learn);
		learn(AtlassianSimulator.CAPTURED_PERSON);
		for (Endpoint endpoint : List.of(Endpoint.AUTHORIZE, Endpoint.TOKEN, Endpoint.MCP)) {
			atlassian.requests(endpoint).forEach(this::learn);
		}
	}

	int known() {
		return this.secrets.size();
	}

	/** Returns the fragments of secrets that occur in a text. */
	Set<String> leaksIn(Collection<String> texts) {
		Set<String> fragments = new HashSet<>();
		this.secrets.forEach((secret) -> windows(secret).forEach((i) -> fragments.add(fragment(secret, i))));
		Set<String> leaks = new TreeSet<>();
		texts.forEach((text) -> windows(text).mapToObj((i) -> fragment(text, i))
			.filter(fragments::contains)
			.forEach(leaks::add));
		return leaks;
	}

	private void learn(ReceivedRequest request) {
		learnParameters(request.query());
		learn(request.header("mcp-session-id"));
		learn(request.header("authorization").replace("Bearer ", ""));
		if (request.header("content-type").startsWith("application/x-www-form-urlencoded")) {
			learnParameters(request.body());
		}
	}

	private void learnParameters(String query) {
		URLUtils.parseParameters(query).forEach((name, values) -> {
			if (PARAMETERS.contains(name)) {
				values.forEach(this::learn);
			}
		});
	}

	private void learn(Pattern pattern, String text) {
		Matcher found = pattern.matcher(text);
		while (found.find()) {
			learn(found.group(1));
		}
	}

	private static IntStream windows(String text) {
		return IntStream.rangeClosed(0, text.length() - FRAGMENT);
	}

	private static String fragment(String text, int from) {
		return text.substring(from, from + FRAGMENT);
	}

}
