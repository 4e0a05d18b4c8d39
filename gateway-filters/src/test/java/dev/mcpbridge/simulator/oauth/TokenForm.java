package dev.mcpbridge.simulator.oauth;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;

import dev.mcpbridge.simulator.wire.Call;

/**
 * A request to the token endpoint: a form, nothing else, no field twice.
 */
record TokenForm(Map<String, List<String>> fields, Optional<String> authorization) {

	private static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

	static TokenForm of(Call call) {
		if (!call.method().equals("POST")) {
			throw new Refusal(405, "invalid_request", "Method not allowed");
		}
		String type = call.header("content-type").orElse("").split(";")[0].strip().toLowerCase(Locale.ROOT);
		if (!type.equals(MEDIA_TYPE)) {
			throw Refusal.invalidRequest("Content-Type must be " + MEDIA_TYPE);
		}
		call.form().forEach((name, values) -> {
			if (values.size() > 1 && !name.equals("resource")) {
				throw Refusal.invalidRequest("Request parameter \"" + name + "\" must not be repeated");
			}
		});
		return new TokenForm(call.form(), call.header("authorization").filter((value) -> value.startsWith("Basic ")));
	}

	Optional<String> field(String name) {
		return Optional.ofNullable(this.fields.get(name)).map((values) -> values.get(0));
	}

	String required(String name, String complaint) {
		return field(name).filter((value) -> !value.isEmpty()).orElseThrow(() -> Refusal.invalidRequest(complaint));
	}

	boolean isRevocation() {
		return field("grant_type").isEmpty() && field("token").isPresent();
	}

	Client authenticated(Clients clients) {
		Credentials shown = credentials();
		Client client = clients.find(shown.id()).orElseThrow(() -> Refusal.invalidClient("Client not found"));
		if (client.secret() == null) {
			if (shown.secret().isPresent()) {
				throw Refusal.invalidClient("Client authentication failed");
			}
		}
		else if (!shown.secret().equals(Optional.of(client.secret()))) {
			throw Refusal.invalidClient("Client authentication failed: invalid client_secret");
		}
		return client;
	}

	private Credentials credentials() {
		if (this.authorization.isEmpty()) {
			return new Credentials(field("client_id").orElseThrow(() -> Refusal.invalidClient("Client ID is required")),
					field("client_secret"));
		}
		if (field("client_id").isPresent() || field("client_secret").isPresent()) {
			throw Refusal.invalidRequest("Client must not use multiple authentication methods");
		}
		try {
			ClientSecretBasic basic = ClientSecretBasic.parse(this.authorization.get());
			return new Credentials(basic.getClientID().getValue(), Optional.of(basic.getClientSecret().getValue()));
		}
		catch (ParseException ex) {
			throw Refusal.invalidClient("Client authentication failed: invalid Basic credentials");
		}
	}

	private record Credentials(String id, Optional<String> secret) {
	}

}
