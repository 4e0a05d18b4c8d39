package dev.mcpbridge.authorization;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What a client told us about itself. It is kept nowhere: sealed, it is the
 * {@code client_id}, so registrations survive restarts and cost nothing.
 * <p>
 * The names are short because the {@code client_id} travels in every bridge token.
 *
 * @param name what the client calls itself, to be shown to the person
 * @param redirectUris where its answers may go
 * @param secret the client's secret, unless it is a public client
 * @param authMethod how it authenticates at the token endpoint
 * @param issuedAt when it registered, in seconds since 1970
 */
record RegisteredClient(@JsonProperty("n") @Nullable String name, @JsonProperty("r") List<String> redirectUris,
		@JsonProperty("s") @Nullable Secret secret, @JsonProperty("m") String authMethod,
		@JsonProperty("t") long issuedAt) {

	/** The authentication method of a public client. */
	static final String NONE = "none";

	boolean isPublic() {
		return this.secret == null;
	}

}
