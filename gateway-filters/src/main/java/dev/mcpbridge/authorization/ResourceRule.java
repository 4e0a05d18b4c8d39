package dev.mcpbridge.authorization;

import java.net.URI;
import java.util.List;
import java.util.Objects;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.oauth.OAuthError;
import dev.mcpbridge.oauth.OAuthErrorException;
import dev.mcpbridge.oauth.ProtectedResources;
import org.jspecify.annotations.Nullable;

/**
 * What a client may name as {@code resource}: one of our MCP endpoints, or nothing; and
 * at the token endpoint nothing else than it named before.
 *
 * @param resources what is ours
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8707#section-2">RFC 8707, section 2</a>
 */
record ResourceRule(ProtectedResources resources) {

	@Nullable OAuthError flawOf(@Nullable List<URI> named) {
		List<URI> targets = Objects.requireNonNullElse(named, List.of());
		boolean ours = targets.size() <= 1
				&& targets.stream().allMatch((target) -> this.resources.identify(target).isPresent());
		return ours ? null : OAuthError.invalidTarget("resource must be one MCP endpoint of this server");
	}

	/** The resource a client chose; all of them as one if it named none. */
	String chosen(@Nullable List<URI> named) {
		return Objects.requireNonNullElse(named, List.<URI>of())
			.stream()
			.findFirst()
			.flatMap(this.resources::identify)
			.orElse(wholeServer());
	}

	/**
	 * Refuses a token for another resource than the grant is for.
	 * @param grant the grant
	 * @param named what the token request names
	 * @throws OAuthErrorException with {@code invalid_target}
	 */
	void check(Grant grant, @Nullable List<URI> named) {
		OAuthError flaw = flawOf(named);
		boolean same = named == null || named.isEmpty() || grant.resource().equals(chosen(named))
				|| grant.resource().equals(wholeServer());
		if (flaw != null || !same) {
			throw new OAuthErrorException((flaw != null) ? flaw
					: OAuthError.invalidTarget("resource must be the one of the authorization request"));
		}
	}

	private String wholeServer() {
		return this.resources.publicUrl().issuer();
	}

}
