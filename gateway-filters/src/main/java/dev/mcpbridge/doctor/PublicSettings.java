package dev.mcpbridge.doctor;

import java.time.Duration;
import java.util.List;

import dev.mcpbridge.oauth.ProtectedResources;

/**
 * What clients should see at the public URL.
 *
 * @param resources the MCP endpoints
 * @param desk whether our authorization server is there too
 * @param origins the origins CORS allows, {@code *} for any
 * @param pause how long the diagnostic stream waits between two comments
 */
public record PublicSettings(ProtectedResources resources, boolean desk, List<String> origins, Duration pause) {

	public PublicSettings {
		origins = List.copyOf(origins);
	}

	String url(String path) {
		return this.resources.publicUrl().at(path).toString();
	}

	/** An origin a page may have. */
	String origin() {
		String first = this.origins.isEmpty() ? "*" : this.origins.get(0);
		return first.equals("*") ? "https://doctor.invalid" : first.replace("*", "doctor");
	}

}
