package dev.mcpbridge.doctor;

import java.util.Objects;

import dev.mcpbridge.upstream.UpstreamException;
import dev.mcpbridge.upstream.UpstreamServer;
import dev.mcpbridge.upstream.UpstreamSettings;
import dev.mcpbridge.upstream.UpstreamSurvey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks whether the upstream takes us as a client, and our callback.
 */
final class RegistrationCheck {

	private final UpstreamSurvey survey;

	private final UpstreamSettings settings;

	RegistrationCheck(UpstreamSurvey survey, UpstreamSettings settings) {
		this.survey = survey;
		this.settings = settings;
	}

	/**
	 * Looks.
	 * @param server the upstream's server, or {@code null} if it cannot be used
	 * @param register whether to register a client
	 */
	Flux<Finding> look(@Nullable UpstreamServer server, boolean register) {
		if (server == null) {
			return Flux.empty();
		}
		if (UpstreamCheck.isRegistered(this.settings)) {
			return Flux.just(Finding.ok(CheckId.UPSTREAM_REGISTRATION, "registered by hand"),
					Finding.skipped(CheckId.UPSTREAM_CALLBACK,
							"%s has to be a redirect URI of that client".formatted(this.settings.callback())));
		}
		if (server.registrationEndpoint() == null) {
			return Flux.just(Finding.failure(CheckId.UPSTREAM_REGISTRATION,
					"%s offers no registration".formatted(server.issuer())));
		}
		Finding offered = Finding.ok(CheckId.UPSTREAM_REGISTRATION,
				"clients register at " + server.registrationEndpoint());
		return Flux.concat(Mono.just(offered), register ? trial(server) : Mono.just(untried()));
	}

	private Finding untried() {
		return Finding.skipped(CheckId.UPSTREAM_CALLBACK,
				"whether %s is allowed there shows only when a client is registered"
					.formatted(this.settings.callback()));
	}

	private Mono<Finding> trial(UpstreamServer server) {
		return this.survey.tryRegistration(server)
			.map((givenBack) -> Finding.ok(CheckId.UPSTREAM_CALLBACK,
					"%s is allowed; the client registered to see that %s".formatted(this.settings.callback(),
							givenBack ? "was taken back" : "stays there until it expires")))
			.onErrorResume(UpstreamException.class, (failure) -> Mono.just(refused(failure)));
	}

	private Finding refused(UpstreamException failure) {
		String said = (failure instanceof UpstreamException.Refused refused && refused.description() != null)
				? ": " + Objects.requireNonNull(refused.description()) : "";
		return Finding.failure(CheckId.UPSTREAM_CALLBACK, failure.getMessage() + said);
	}

}
