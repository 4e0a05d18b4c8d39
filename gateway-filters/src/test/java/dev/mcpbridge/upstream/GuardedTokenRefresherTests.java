package dev.mcpbridge.upstream;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.simulator.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is tried again, when, and until when.
 */
class GuardedTokenRefresherTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final Duration DEADLINE = Duration.ofSeconds(25);

	private static final UpstreamClient CLIENT = new UpstreamClient("client", null, TokenEndpointAuth.NONE,
			"https://issuer.example", URI.create("https://issuer.example/token"), null, Instant.EPOCH, null);

	private static final TokenAnswer UNREACHABLE = UnwellRefresher.outage(Outage.UNREACHABLE, null);

	private final SettableClock clock = SettableClock.standingAt(Instant.EPOCH);

	private final UnwellRefresher upstream = new UnwellRefresher().answering(UNREACHABLE);

	private final Guards guards = TestGuards.at(this.clock).make();

	private VirtualTimeScheduler time;

	@BeforeEach
	void start() {
		this.time = VirtualTimeScheduler.getOrSet();
	}

	@AfterEach
	void stop() {
		VirtualTimeScheduler.reset();
	}

	@ParameterizedTest
	@EnumSource(names = { "UNREACHABLE", "INTERRUPTED", "TIMEOUT", "THROTTLED", "SERVER_ERROR", "UNREADABLE" })
	void anOutageIsTriedAgainAfterAPauseThatGrows(Outage outage) {
		TokenAnswer unwell = UnwellRefresher.outage(outage, null);
		this.upstream.answering(unwell, unwell, UnwellRefresher.ISSUED);
		verify(UnwellRefresher.ISSUED);
		List<Duration> asked = this.upstream.asked();
		assertThat(asked).hasSize(3);
		assertThat(asked.get(0)).isZero();
		assertThat(asked.get(1)).isBetween(Duration.ofMillis(150), Duration.ofMillis(450));
		assertThat(asked.get(2).minus(asked.get(1))).isBetween(Duration.ofMillis(300), Duration.ofMillis(900));
	}

	@Test
	void theLastOutageIsTheAnswerOnceThereWereEnough() {
		this.upstream.answering(UNREACHABLE, UNREACHABLE, UnwellRefresher.outage(Outage.THROTTLED, null));
		verify(UnwellRefresher.outage(Outage.THROTTLED, null));
		assertThat(this.upstream.asked()).hasSize(3);
	}

	@Test
	void nobodyComesBackBeforeTheUpstreamWants() {
		this.upstream.answering(UnwellRefresher.outage(Outage.THROTTLED, Duration.ofSeconds(2)),
				UnwellRefresher.ISSUED);
		verify(UnwellRefresher.ISSUED);
		assertThat(this.upstream.asked()).hasSize(2);
		assertThat(this.upstream.asked().get(1)).isBetween(Duration.ofMillis(2150), Duration.ofMillis(2450));
	}

	@ParameterizedTest
	@CsvSource({ "30", "25", "23", "86400" })
	void anUpstreamThatWantsMoreTimeThanThereIsGetsItFromTheCaller(long seconds) {
		TokenAnswer throttled = UnwellRefresher.outage(Outage.THROTTLED, Duration.ofSeconds(seconds));
		this.upstream.answering(throttled);
		StepVerifier.create(answer()).expectNext(throttled).expectComplete().verify(SOON);
		assertThat(this.upstream.asked()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "invalid_grant", "invalid_client", "invalid_scope" })
	void aRefusalIsAnAnswerAndNotAFailure(String code) {
		TokenAnswer refused = new TokenAnswer.Refused(code, null, 400);
		this.upstream.answering(refused);
		verify(refused);
		assertThat(this.upstream.asked()).hasSize(1);
		assertThat(this.guards.circuit().getMetrics().getNumberOfSuccessfulCalls()).isEqualTo(1);
		assertThat(this.guards.circuit().getMetrics().getNumberOfFailedCalls()).isZero();
	}

	@Test
	void anUpstreamThatHangsIsCutOffAtTheDeadlineAndTheCircuitHearsOfIt() {
		this.upstream.answering().thenHanging();
		StepVerifier.create(answer())
			.then(() -> this.time.advanceTimeBy(DEADLINE.minusMillis(1)))
			.expectNoEvent(Duration.ZERO)
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(1)))
			.expectNext(UnwellRefresher.outage(Outage.TIMEOUT, null))
			.expectComplete()
			.verify(SOON);
		assertThat(this.upstream.asked()).hasSize(1);
		assertThat(this.guards.circuit().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
	}

	@Test
	void allAttemptsTogetherKeepTheDeadline() {
		TokenAnswer timeout = UnwellRefresher.outage(Outage.TIMEOUT, null);
		this.upstream.taking(Duration.ofSeconds(20), timeout).thenHanging();
		StepVerifier.create(answer())
			.then(() -> this.time.advanceTimeBy(DEADLINE))
			.expectNext(timeout)
			.expectComplete()
			.verify(SOON);
		assertThat(this.upstream.asked()).hasSize(2);
		assertThat(this.guards.circuit().getMetrics().getNumberOfFailedCalls()).isEqualTo(2);
	}

	@Test
	void noAttemptBeginsThatHasNoTimeToBeAnswered() {
		this.upstream.taking(Duration.ofMillis(22400), UNREACHABLE);
		StepVerifier.create(answer())
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(22400)))
			.expectNext(UNREACHABLE)
			.expectComplete()
			.verify(SOON);
		assertThat(this.upstream.asked()).hasSize(1);
	}

	@Test
	void aTokenThatOneAttemptMayHaveUsedUpStaysInDoubt() {
		this.upstream.answering(UnwellRefresher.outage(Outage.INTERRUPTED, null), UNREACHABLE,
				UnwellRefresher.outage(Outage.THROTTLED, Duration.ofSeconds(60)));
		verify(UnwellRefresher.outage(Outage.INTERRUPTED, Duration.ofSeconds(60)));
	}

	@Test
	void eachSubscriptionIsARefreshOfItsOwn() {
		Mono<TokenAnswer> refresh = answer(refresher());
		this.upstream.answering(UnwellRefresher.ISSUED);
		StepVerifier.create(refresh).expectNext(UnwellRefresher.ISSUED).expectComplete().verify(SOON);
		this.time.advanceTimeBy(DEADLINE.multipliedBy(2));
		this.upstream.answering(UNREACHABLE, UnwellRefresher.ISSUED);
		verify(refresh, UnwellRefresher.ISSUED);
		assertThat(this.upstream.asked()).hasSize(3);
	}

	@Test
	void theDeadlineIsTheTimeLimiters() {
		assertThat(refresher().deadline()).isEqualTo(DEADLINE);
	}

	private void verify(TokenAnswer expected) {
		verify(refresher(), expected);
	}

	private void verify(TokenRefresher refresher, TokenAnswer expected) {
		verify(answer(refresher), expected);
	}

	/** However long the pauses are, all of them end within the deadline. */
	private void verify(Mono<TokenAnswer> answer, TokenAnswer expected) {
		StepVerifier.create(answer)
			.then(() -> this.time.advanceTimeBy(DEADLINE))
			.expectNext(expected)
			.expectComplete()
			.verify(SOON);
	}

	private Mono<TokenAnswer> answer() {
		return answer(refresher());
	}

	private static Mono<TokenAnswer> answer(TokenRefresher refresher) {
		return refresher.refresh(CLIENT, Secret.of("refresh"));
	}

	private TokenRefresher refresher() {
		return new GuardedTokenRefresher(this.upstream, this.guards);
	}

}
