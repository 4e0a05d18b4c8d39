package dev.mcpbridge.simulator.oauth;

import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * How the authorization server behaves.
 *
 * @param issuer the issuer its metadata names; {@code null} is the address it is found at
 * @param issuerPath the path of a path-scoped issuer, or empty
 * @param tokenLifetime how long access tokens live
 * @param tokenLook makes access tokens of captured ones
 * @param clientLifetime how long registrations live
 * @param rotation what becomes of a used refresh token
 * @param autoApprove whether authorization redirects at once, without a page
 * @param resourceMetadata whether RFC 9728 metadata is published
 * @param revocation whether it is published that tokens can be given back
 * @param revokesOthers whether a new grant ends the person's others of the same client
 * @param redirectHosts the hosts a client may register; loopback always may, empty is all
 * @param person who allows by default: 24 hex digits
 */
public record OAuthSettings(@Nullable String issuer, String issuerPath, Duration tokenLifetime,
		UnaryOperator<String> tokenLook, Duration clientLifetime, RotationRule rotation, boolean autoApprove,
		boolean resourceMetadata, boolean revocation, boolean revokesOthers, Set<String> redirectHosts, String person) {

	String issuerAt(String origin) {
		return (this.issuer != null) ? this.issuer : origin + this.issuerPath;
	}

	String endpoint(String name) {
		return (this.issuerPath.isEmpty() ? "/v1" : this.issuerPath) + "/" + name;
	}

}
