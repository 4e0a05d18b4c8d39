package dev.mcpbridge.app.replay;

import java.net.URI;
import java.util.Optional;

/**
 * The service that is asked now.
 *
 * @param url its origin, with a path if all requests go to that one
 */
record Target(URI url) {

	/** Where a recorded request goes. */
	URI of(RecordedExchange exchange) {
		String path = this.url.getRawPath();
		boolean origin = path == null || path.isEmpty() || path.equals("/");
		return origin ? this.url.resolve(exchange.url()) : this.url;
	}

	/** A token goes to the host it is for, whatever an event says. */
	Optional<URI> within(String endpoint) {
		try {
			URI messages = this.url.resolve(endpoint);
			return String.valueOf(messages.getRawAuthority()).equals(this.url.getRawAuthority())
					&& String.valueOf(messages.getScheme()).equals(this.url.getScheme()) ? Optional.of(messages)
							: Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

}
