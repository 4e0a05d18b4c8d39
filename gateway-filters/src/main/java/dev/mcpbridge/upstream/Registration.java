package dev.mcpbridge.upstream;

import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway becomes a client of the upstream authorization server.
 */
public sealed interface Registration {

	/** One upstream client for each grant: logins of one person never end each other. */
	record PerGrant() implements Registration {
	}

	/** One upstream client for each client of ours. */
	record PerClient() implements Registration {
	}

	/**
	 * One client for everybody, registered by hand.
	 *
	 * @param clientId the identifier the upstream knows us by
	 * @param clientSecret the secret, or {@code null} for a public client
	 */
	record Static(String clientId, @Nullable Secret clientSecret) implements Registration {

		public Static {
			if (clientId.isBlank()) {
				throw new IllegalArgumentException(
						"mcp.bridge.upstream.client-id: empty (expected: the identifier of a registered client)");
			}
		}

	}

}
