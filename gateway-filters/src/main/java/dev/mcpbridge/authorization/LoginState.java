package dev.mcpbridge.authorization;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What we send to the upstream as {@code state}, sealed: which login comes back.
 *
 * @param id names the cookie that holds the {@link PendingLogin}
 * @param expiresAt when the login is void, in seconds since 1970
 */
record LoginState(@JsonProperty("i") String id, @JsonProperty("e") long expiresAt) {

}
