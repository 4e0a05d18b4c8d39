package dev.mcpbridge.upstream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A token endpoint without a network, in the time of the timers: answers as it was told,
 * the last answer stays, and remembers when it was asked.
 */
final class UnwellRefresher implements TokenRefresher {

	static final TokenAnswer.Issued ISSUED = new TokenAnswer.Issued(new UpstreamTokens(Secret.of("access"),
			Secret.of("refresh"), Instant.EPOCH, Instant.EPOCH.plusSeconds(3300), Set.of(), "bearer"));

	private final Deque<Mono<TokenAnswer>> answers = new ArrayDeque<>();

	private final List<Duration> asked = new ArrayList<>();

	UnwellRefresher taking(Duration time, TokenAnswer answer) {
		this.answers.clear();
		this.answers.add(Mono.just(answer).delayElement(time));
		return this;
	}

	/** From now on, or once it has given its other answers but the last. */
	UnwellRefresher thenHanging() {
		this.answers.add(Mono.never());
		return this;
	}

	UnwellRefresher answering(TokenAnswer... answers) {
		this.answers.clear();
		List.of(answers).forEach((answer) -> this.answers.add(Mono.just(answer)));
		return this;
	}

	/** When it was asked, since the clock of the timers began. */
	List<Duration> asked() {
		return this.asked;
	}

	static TokenAnswer outage(Outage outage, @Nullable Duration retryAfter) {
		return new TokenAnswer.Unavailable(outage, retryAfter);
	}

	@Override
	public Mono<TokenAnswer> refresh(UpstreamClient client, Secret refreshToken) {
		return Mono.defer(() -> {
			this.asked.add(Duration.ofMillis(Schedulers.parallel().now(TimeUnit.MILLISECONDS)));
			return (this.answers.size() > 1) ? this.answers.remove() : this.answers.element();
		});
	}

	@Override
	public Duration deadline() {
		return Duration.ofSeconds(20);
	}

}
