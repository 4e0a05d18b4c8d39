package dev.mcpbridge.upstream;

import java.time.Duration;

import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.ScriptedUpstream.Answer;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guards before a real token endpoint.
 */
class GuardedTokenRefresherServerTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final Answer ISSUED = Answer.json(200,
			"{\"access_token\": \"a\", \"refresh_token\": \"r\", \"expires_in\": 3300}");

	private final ScriptedUpstream upstream = new ScriptedUpstream();

	private final CircuitBreakerConfig.Builder circuit = CircuitBreakerConfig.custom().minimumNumberOfCalls(50);

	private Duration deadline = Duration.ofSeconds(9);

	@AfterEach
	void stop() {
		this.upstream.close();
	}

	@Test
	void anOutageThatPassesIsNotSeen() {
		this.upstream.at("/v1/token", Answer.html(503), Answer.json(200, "half a docu").cutOff(), ISSUED);
		StepVerifier.create(refresh(refresher(guards())))
			.assertNext((answer) -> assertThat(answer).isInstanceOf(TokenAnswer.Issued.class))
			.expectComplete()
			.verify(SOON);
		assertThat(this.upstream.asked()).hasSize(3);
	}

	@Test
	void anUpstreamThatWantsToBeLeftAloneForLongIsNotAskedAgain() {
		this.upstream.at("/v1/token", Answer.json(429, "{}").with("Retry-After", "30"), ISSUED);
		StepVerifier.create(refresh(refresher(guards())))
			.expectNext(new TokenAnswer.Unavailable(Outage.THROTTLED, Duration.ofSeconds(30)))
			.expectComplete()
			.verify(SOON);
		assertThat(this.upstream.asked()).hasSize(1);
	}

	@Test
	void aRefusalIsNotQuestioned() {
		this.upstream.at("/v1/token", Answer.json(400, "{\"error\": \"invalid_grant\"}"), ISSUED);
		StepVerifier.create(refresh(refresher(guards())))
			.expectNext(new TokenAnswer.Refused("invalid_grant", null, 400))
			.expectComplete()
			.verify(SOON);
		assertThat(this.upstream.asked()).hasSize(1);
	}

	@Test
	void anUpstreamThatHangsIsNotWaitedForPastTheDeadline() {
		this.deadline = Duration.ofSeconds(1);
		this.upstream.at("/v1/token", Answer.silence());
		Guards guards = guards();
		StepVerifier.create(refresh(refresher(guards)))
			.expectNext(new TokenAnswer.Unavailable(Outage.TIMEOUT, null))
			.expectComplete()
			.verify(SOON);
		assertThat(this.upstream.asked()).hasSize(1);
		assertThat(guards.circuit().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
	}

	@Test
	void nothingReachesAnUpstreamThatIsLeftAlone() {
		this.circuit.minimumNumberOfCalls(3).waitDurationInOpenState(Duration.ofMinutes(10));
		this.upstream.at("/v1/token", Answer.html(502), Answer.html(502), Answer.html(502), ISSUED);
		TokenRefresher refresher = refresher(guards());
		expectOutage(refresher, Outage.SERVER_ERROR);
		assertThat(refresher.isSuspended()).isTrue();
		expectOutage(refresher, Outage.LEFT_ALONE);
		assertThat(this.upstream.asked()).hasSize(3);
	}

	@Test
	void anUpstreamThatWasLeftAloneIsTriedAgainByItself() {
		this.circuit.minimumNumberOfCalls(3)
			.permittedNumberOfCallsInHalfOpenState(1)
			.waitDurationInOpenState(Duration.ofMillis(200))
			.automaticTransitionFromOpenToHalfOpenEnabled(true);
		this.upstream.at("/v1/token", Answer.html(502), Answer.html(502), Answer.html(502), ISSUED);
		Guards guards = guards();
		Mono<StateTransition> trial = transition(guards, StateTransition.OPEN_TO_HALF_OPEN);
		TokenRefresher refresher = refresher(guards);
		expectOutage(refresher, Outage.SERVER_ERROR);
		StepVerifier.create(trial).expectNextCount(1).expectComplete().verify(SOON);
		assertThat(refresher.isSuspended()).isFalse();
		StepVerifier.create(refresh(refresher))
			.assertNext((answer) -> assertThat(answer).isInstanceOf(TokenAnswer.Issued.class))
			.expectComplete()
			.verify(SOON);
		assertThat(guards.circuit().getState()).isEqualTo(State.CLOSED);
		assertThat(this.upstream.asked()).hasSize(4);
	}

	private void expectOutage(TokenRefresher refresher, Outage outage) {
		StepVerifier.create(refresh(refresher))
			.assertNext((answer) -> assertThat(((TokenAnswer.Unavailable) answer).outage()).isEqualTo(outage))
			.expectComplete()
			.verify(SOON);
	}

	private static Mono<StateTransition> transition(Guards guards, StateTransition awaited) {
		Sinks.One<StateTransition> seen = Sinks.one();
		guards.circuit().getEventPublisher().onStateTransition((event) -> {
			if (event.getStateTransition() == awaited) {
				seen.tryEmitValue(awaited);
			}
		});
		return seen.asMono();
	}

	private Mono<TokenAnswer> refresh(TokenRefresher refresher) {
		UpstreamClient client = new UpstreamClient("client", null, TokenEndpointAuth.NONE,
				this.upstream.url().toString(), this.upstream.url().resolve("/v1/token"), null, ScriptedUpstream.NOW,
				null);
		return refresher.refresh(client, Secret.of("refresh"));
	}

	private TokenRefresher refresher(Guards guards) {
		UpstreamSettings settings = this.upstream.settings(UpstreamProfile.ATLASSIAN_V1);
		return new GuardedTokenRefresher(
				new UpstreamTokenEndpoint(ScriptedUpstream.http(settings), settings, () -> ScriptedUpstream.NOW),
				guards);
	}

	/** Without the pauses, which other tests are about. */
	private Guards guards() {
		TimeLimiterRegistry timeLimiters = TimeLimiterRegistry.ofDefaults();
		timeLimiters.timeLimiter(Guards.NAME, TimeLimiterConfig.custom().timeoutDuration(this.deadline).build());
		RetryRegistry retries = RetryRegistry.ofDefaults();
		retries.retry(Guards.NAME, RetryConfig.custom().intervalFunction(IntervalFunction.of(1)).build());
		CircuitBreakerRegistry circuits = CircuitBreakerRegistry.ofDefaults();
		circuits.circuitBreaker(Guards.NAME, this.circuit.build());
		return Guards.of(timeLimiters, retries, BulkheadRegistry.ofDefaults(), circuits);
	}

}
