package dev.mcpbridge.upstream;

import java.net.URI;
import java.util.List;
import java.util.Objects;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Tells an operator what the upstream publishes, also where it cannot be used. Asks each
 * time.
 */
public final class UpstreamSurvey {

	private final UpstreamHttp http;

	private final UpstreamSettings settings;

	private final UpstreamRegistrar registrar;

	UpstreamSurvey(UpstreamHttp http, UpstreamSettings settings, UpstreamRegistrar registrar) {
		this.http = http;
		this.settings = settings;
		this.registrar = registrar;
	}

	/**
	 * Asks for the metadata.
	 * @return what there is, or an {@link UpstreamException}
	 */
	public Mono<Picture> look() {
		return new MetadataLookup(this.http, this.settings).documents()
			.map(this::picture)
			.switchIfEmpty(Mono.fromSupplier(this::pictureByDefault));
	}

	/**
	 * Registers a client, and gives it back where the server offers that. One that is not
	 * given back stays until the server forgets it.
	 * @param server the server, with a registration endpoint
	 * @return whether the client was given back; an {@link UpstreamException} if the
	 * server does not take it
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc7592#section-2.3">RFC 7592, section
	 * 2.3</a>
	 */
	public Mono<Boolean> tryRegistration(UpstreamServer server) {
		URI endpoint = Objects.requireNonNull(server.registrationEndpoint());
		return Mono.defer(() -> this.http.send(this.registrar.request(server, endpoint)))
			.doOnNext((answer) -> this.registrar.client(answer, server, endpoint))
			.flatMap(this::giveBack);
	}

	private Mono<Boolean> giveBack(HttpAnswer registered) {
		JsonDocument document = Objects.requireNonNull(registered.json());
		URI address = JsonDocument.address(document.text("registration_client_uri"));
		String token = document.text("registration_access_token");
		if (address == null || token == null || !this.settings.allows(address)) {
			return Mono.just(false);
		}
		HTTPRequest request = new HTTPRequest(HTTPRequest.Method.DELETE, address);
		request.setAuthorization("Bearer " + token);
		return this.http.send(request).map(HttpAnswer::isSuccess).onErrorReturn(false);
	}

	private Picture picture(MetadataLookup.Documents found) {
		JsonDocument document = found.server();
		String issuer = document.text("issuer");
		boolean accepted = issuer != null && this.settings.issuers().accepts(found.expectedIssuer(), issuer);
		UpstreamServer server = null;
		String flaw = null;
		try {
			server = accepted
					? new MetadataReader(this.settings).server(found.expectedIssuer(), document, found.resource())
					: null;
		}
		catch (UpstreamException.Misconfigured ex) {
			flaw = ex.getMessage();
		}
		return new Picture((found.resource() != null) ? Source.RESOURCE_METADATA : Source.SERVER_METADATA,
				found.expectedIssuer(), HttpAnswer.printable(String.valueOf(issuer)), accepted,
				document.texts("code_challenge_methods_supported"), document.texts("grant_types_supported"), server,
				flaw);
	}

	private Picture pictureByDefault() {
		String origin = this.settings.url().toString();
		return new Picture(Source.DEFAULT_PATHS, origin, origin, true, List.of(), List.of(),
				new MetadataReader(this.settings).serverByDefault(), null);
	}

	/** Where we learn about the server. */
	public enum Source {

		/** The resource names it (RFC 9728), and it describes itself (RFC 8414). */
		RESOURCE_METADATA,

		/** It describes itself at the origin of the MCP service (RFC 8414). */
		SERVER_METADATA,

		/** Nobody says anything: the profile knows the paths. */
		DEFAULT_PATHS

	}

	/**
	 * What there is.
	 *
	 * @param source where we learnt it
	 * @param expectedIssuer the issuer the metadata was asked from
	 * @param issuer the issuer it names
	 * @param issuerAccepted whether that one may be named
	 * @param challengeMethods the PKCE methods it names; empty if it names none
	 * @param grantTypes the grant types it names; empty if it names none
	 * @param server what can be used, or {@code null} if nothing can
	 * @param flaw what an endpoint lacks, or {@code null}
	 */
	public record Picture(Source source, String expectedIssuer, String issuer, boolean issuerAccepted,
			List<String> challengeMethods, List<String> grantTypes, @Nullable UpstreamServer server,
			@Nullable String flaw) {

		public Picture {
			challengeMethods = List.copyOf(challengeMethods);
			grantTypes = List.copyOf(grantTypes);
		}

	}

}
