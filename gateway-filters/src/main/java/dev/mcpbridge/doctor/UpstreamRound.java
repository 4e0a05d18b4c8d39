package dev.mcpbridge.doctor;

import dev.mcpbridge.upstream.UpstreamSettings;
import dev.mcpbridge.upstream.UpstreamSurvey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Everything about the upstream: TLS, then metadata and endpoints.
 */
public final class UpstreamRound implements Check {

	private final UpstreamSurvey survey;

	private final UpstreamSettings settings;

	private final UpstreamEndpointCheck endpoints;

	private final Requests requests;

	/**
	 * Makes it.
	 * @param survey asks the upstream about itself
	 * @param settings what we know of it
	 * @param mcpPath the path of the endpoint of streamable HTTP that routes use, or
	 * {@code null}
	 * @param ssePath the path of the endpoint of HTTP+SSE that routes use, or
	 * {@code null}
	 * @param requests asks it
	 */
	public UpstreamRound(UpstreamSurvey survey, UpstreamSettings settings, @Nullable String mcpPath,
			@Nullable String ssePath, Requests requests) {
		this.survey = survey;
		this.settings = settings;
		this.endpoints = new UpstreamEndpointCheck(settings.url(), mcpPath, ssePath, requests);
		this.requests = requests;
	}

	@Override
	public CheckId about() {
		return CheckId.UPSTREAM_DISCOVERY;
	}

	@Override
	public Flux<Finding> look() {
		return round(false).look();
	}

	@Override
	public Flux<Finding> lookAndRegister() {
		return round(true).look();
	}

	/** Where nobody can be asked, endpoints do not answer either. */
	private Check round(boolean register) {
		Check metadata = new UpstreamCheck(this.survey, this.settings, register);
		return new Gate(new TlsCheck(CheckId.UPSTREAM_TLS, this.settings.url(), this.requests),
				new Gate(new ReachCheck(CheckId.UPSTREAM_DISCOVERY, this.settings.url(), this.requests), metadata,
						this.endpoints));
	}

}
