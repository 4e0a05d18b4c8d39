package dev.mcpbridge.upstream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Knows the upstream authorization server, and asks again when that knowledge is old.
 * <p>
 * All callers share one lookup, which goes on when the first of them leaves. If asking
 * again fails, the last good answer serves; a failure without one is remembered for a few
 * seconds, so that a broken upstream is not asked by every login.
 */
public final class UpstreamDiscovery {

	private static final Logger logger = LoggerFactory.getLogger(UpstreamDiscovery.class);

	private static final Duration FAILURE = Duration.ofSeconds(5);

	private final AtomicReference<@Nullable Finding> finding = new AtomicReference<>();

	private final UpstreamSettings.Limits limits;

	private final InstantSource clock;

	private final Mono<UpstreamServer> lookup;

	/**
	 * Creates the discovery of one upstream.
	 * @param http the transport
	 * @param settings the upstream
	 * @param clock the time
	 */
	public UpstreamDiscovery(UpstreamHttp http, UpstreamSettings settings, InstantSource clock) {
		this.limits = settings.limits();
		this.clock = clock;
		MetadataLookup lookup = new MetadataLookup(http, settings);
		Mono<UpstreamServer> server = Mono.defer(lookup::server)
			.timeout(this.limits.answer())
			.onErrorMap(TimeoutException.class, (ex) -> tooSlow(settings));
		this.lookup = http.calls()
			.timed(UpstreamListener.Operation.DISCOVERY, server, (found) -> UpstreamListener.Outcome.OK)
			.doOnNext(this::found)
			.onErrorResume(UpstreamException.class, this::failed)
			.cache((found) -> Duration.ZERO, (failure) -> Duration.ZERO, () -> Duration.ZERO)
			// whoever joins goes on in a context of their own
			.contextWrite(Function.identity());
	}

	/**
	 * Returns the authorization server.
	 * @return the server; an {@link UpstreamException.Unavailable} where nobody answers,
	 * an {@link UpstreamException.Misconfigured} where the answer cannot be trusted
	 */
	public Mono<UpstreamServer> server() {
		return Mono.defer(() -> {
			Finding finding = this.finding.get();
			boolean current = finding != null && this.clock.instant().isBefore(finding.until());
			return (finding != null && current) ? finding.answer() : this.lookup;
		});
	}

	private void found(UpstreamServer server) {
		this.finding.set(new Finding(server, Mono.just(server), this.clock.instant().plus(this.limits.metadata())));
	}

	private Mono<UpstreamServer> failed(UpstreamException failure) {
		Finding last = this.finding.get();
		UpstreamServer known = (last != null) ? last.server() : null;
		logger.warn("upstream_discovery=failed stale={} reason=\"{}\"", known != null, failure.getMessage());
		Mono<UpstreamServer> answer = (known != null) ? Mono.just(known) : Mono.error(failure);
		this.finding.set(new Finding(known, answer, this.clock.instant().plus(FAILURE)));
		return answer;
	}

	private static UpstreamException tooSlow(UpstreamSettings settings) {
		return new UpstreamException.Unavailable(Outage.TIMEOUT, null,
				"upstream: discovery at %s takes too long".formatted(settings.url()), null);
	}

	/**
	 * What the last lookup found.
	 *
	 * @param server the last good answer, or {@code null} if there never was one
	 * @param answer what callers get
	 * @param until when to ask again
	 */
	private record Finding(@Nullable UpstreamServer server, Mono<UpstreamServer> answer, Instant until) {

	}

}
