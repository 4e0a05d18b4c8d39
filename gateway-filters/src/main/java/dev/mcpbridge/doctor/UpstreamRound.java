package dev.mcpbridge.doctor;

import java.net.URI;

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

	/**
	 * Looks at no metadata, for a gateway that is nobody's client there.
	 * @param url the origin of the upstream
	 * @param mcpPath the path of the endpoint of streamable HTTP that routes use, or
	 * {@code null}
	 * @param ssePath the path of the endpoint of HTTP+SSE that routes use, or
	 * {@code null}
	 * @param requests asks it
	 * @return the check
	 */
	public static Check ofEndpoints(URI url, @Nullable String mcpPath, @Nullable String ssePath, Requests requests) {
		return round(url, requests, new UpstreamEndpointCheck(url, mcpPath, ssePath, requests));
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

	private Check round(boolean register) {
		return round(this.settings.url(), this.requests, new UpstreamCheck(this.survey, this.settings, register),
				this.endpoints);
	}

	/** Where nobody can be asked, endpoints do not answer either. */
	private static Check round(URI url, Requests requests, Check... rest) {
		return new Gate(new TlsCheck(CheckId.UPSTREAM_TLS, url, requests),
				new Gate(new ReachCheck(CheckId.UPSTREAM_DISCOVERY, url, requests), rest));
	}

}
