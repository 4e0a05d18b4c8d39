package dev.mcpbridge.doctor;

import java.util.List;

import dev.mcpbridge.upstream.IssuerPolicy;
import dev.mcpbridge.upstream.Registration;
import dev.mcpbridge.upstream.UpstreamException;
import dev.mcpbridge.upstream.UpstreamSettings;
import dev.mcpbridge.upstream.UpstreamSurvey;
import dev.mcpbridge.upstream.UpstreamSurvey.Source;
import reactor.core.publisher.Flux;

/**
 * Looks at what the upstream publishes about itself.
 */
final class UpstreamCheck implements Check {

	private final UpstreamSurvey survey;

	private final UpstreamSettings settings;

	private final RegistrationCheck registration;

	private final boolean register;

	UpstreamCheck(UpstreamSurvey survey, UpstreamSettings settings, boolean register) {
		this.survey = survey;
		this.settings = settings;
		this.registration = new RegistrationCheck(survey, settings);
		this.register = register;
	}

	@Override
	public CheckId about() {
		return CheckId.UPSTREAM_DISCOVERY;
	}

	@Override
	public Flux<Finding> look() {
		return this.survey.look()
			.flatMapMany((picture) -> Flux.fromIterable(findings(picture))
				.concatWith(this.registration.look(picture.server(), this.register)))
			.onErrorResume(UpstreamException.class,
					(failure) -> Flux.just(Finding.failure(about(), String.valueOf(failure.getMessage()))));
	}

	private List<Finding> findings(UpstreamSurvey.Picture picture) {
		if (picture.source() == Source.DEFAULT_PATHS) {
			return List
				.of(Finding.warning(about(), "%s publishes no metadata, so the default paths of the profile are used"
					.formatted(this.settings.url())));
		}
		String flaw = picture.flaw();
		return List.of((flaw != null) ? Finding.failure(about(), flaw) : Finding.ok(about(), found(picture)),
				issuer(picture),
				offered(CheckId.UPSTREAM_PKCE, "code_challenge_methods_supported", picture.challengeMethods(),
						List.of("S256")),
				offered(CheckId.UPSTREAM_GRANTS, "grant_types_supported", picture.grantTypes(),
						List.of("authorization_code", "refresh_token")));
	}

	private static String found(UpstreamSurvey.Picture picture) {
		return (picture.source() == Source.RESOURCE_METADATA)
				? "its resource metadata names the server " + picture.expectedIssuer()
				: "no resource metadata; the server's own metadata is at " + picture.expectedIssuer();
	}

	private Finding issuer(UpstreamSurvey.Picture picture) {
		IssuerPolicy.Validation validation = this.settings.issuers().validation();
		String seen = "%s at %s (validation: %s)".formatted(picture.issuer(), picture.expectedIssuer(),
				validation.name().toLowerCase(java.util.Locale.ROOT));
		if (!picture.issuerAccepted()) {
			return Finding.failure(CheckId.UPSTREAM_ISSUER, seen);
		}
		boolean unchecked = validation == IssuerPolicy.Validation.OFF
				&& !picture.expectedIssuer().equals(picture.issuer());
		return unchecked ? Finding.warning(CheckId.UPSTREAM_ISSUER, seen) : Finding.ok(CheckId.UPSTREAM_ISSUER, seen);
	}

	/** What is not said goes by its default, which has what we need. */
	private static Finding offered(CheckId check, String member, List<String> said, List<String> needed) {
		String seen = "%s: %s".formatted(member, said.isEmpty() ? "not said" : said);
		return (said.isEmpty() || said.containsAll(needed)) ? Finding.ok(check, seen) : Finding.failure(check, seen);
	}

	/** Whether somebody registered us by hand. */
	static boolean isRegistered(UpstreamSettings settings) {
		return settings.registration() instanceof Registration.Static;
	}

}
