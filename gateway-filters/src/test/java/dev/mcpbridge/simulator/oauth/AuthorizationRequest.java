package dev.mcpbridge.simulator.oauth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An authorization request whose client and redirect URI were proven.
 */
record AuthorizationRequest(Client client, String redirectUri, @Nullable String state, String scope, String challenge,
		String challengeMethod, String responseType) {

	static final String DEFAULT_SCOPE = "read:jira-work write:jira-work offline_access";

	static AuthorizationRequest of(Map<String, List<String>> parameters, Clients clients) {
		Client client = clients.find(first(parameters, "client_id", ""))
			.orElseThrow(() -> Refusal.invalidRequest("Invalid client_id"));
		String redirectUri = first(parameters, "redirect_uri", "");
		if (!client.allows(redirectUri)) {
			throw Refusal.invalidRequest("Invalid redirect URI");
		}
		String state = parameters.containsKey("state") ? first(parameters, "state", "") : null;
		return new AuthorizationRequest(client, redirectUri, state, first(parameters, "scope", DEFAULT_SCOPE),
				first(parameters, "code_challenge", ""), first(parameters, "code_challenge_method", "plain"),
				first(parameters, "response_type", ""));
	}

	/**
	 * Refuses what the client asks for, now that the refusal may be redirected. The
	 * metadata offers {@code plain} as Atlassian's does; a client that takes the offer is
	 * at fault.
	 */
	void check() {
		if (!this.responseType.equals("code")) {
			throw new Refusal(400, "unsupported_response_type", "response_type must be code");
		}
		if (!this.challengeMethod.equals("S256") || this.challenge.length() != 43) {
			throw Refusal.invalidRequest("An S256 code_challenge is required");
		}
	}

	String redirectWith(String... parameters) {
		StringBuilder location = new StringBuilder(this.redirectUri);
		char separator = this.redirectUri.contains("?") ? '&' : '?';
		for (int i = 0; i < parameters.length; i += 2) {
			append(location, separator, parameters[i], parameters[i + 1]);
			separator = '&';
		}
		if (this.state != null) {
			append(location, separator, "state", this.state);
		}
		return location.toString();
	}

	private static void append(StringBuilder location, char separator, String name, String value) {
		location.append(separator).append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
	}

	private static String first(Map<String, List<String>> parameters, String name, String fallback) {
		return parameters.getOrDefault(name, List.of(fallback)).get(0);
	}

}
