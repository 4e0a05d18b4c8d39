package dev.mcpbridge.doctor;

import java.net.URI;
import java.util.Set;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks whether anybody answers. Says nothing if so; a certificate nobody trusts is an
 * answer too.
 */
final class ReachCheck implements Check {

	/** What a proxy answers that has nobody behind it. */
	private static final Set<Integer> NOBODY = Set.of(502, 503, 504);

	private final CheckId about;

	private final URI url;

	private final Requests requests;

	ReachCheck(CheckId about, URI url, Requests requests) {
		this.about = about;
		this.url = url;
		this.requests = requests;
	}

	@Override
	public CheckId about() {
		return this.about;
	}

	@Override
	public Flux<Finding> look() {
		return this.requests.get(this.url.toString())
			.flatMap((heard) -> NOBODY.contains(heard.status())
					? Mono.just("a proxy, or the service itself, answers " + heard.status()) : Mono.<String>empty())
			.onErrorResume((failure) -> Failures.isTls(failure) ? Mono.empty() : Mono.just(Failures.words(failure)))
			.map((why) -> unreachable("%s: %s".formatted(this.url, why)))
			.flux();
	}

	/** That we are not there is no fault while we are not started. */
	private Finding unreachable(String seen) {
		return (this.about == CheckId.PUBLIC_REACH) ? Finding.skipped(this.about, seen)
				: Finding.failure(this.about, seen);
	}

}
