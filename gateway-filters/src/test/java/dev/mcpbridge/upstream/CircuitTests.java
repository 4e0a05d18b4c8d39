package dev.mcpbridge.upstream;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.simulator.SettableClock;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.core.IntervalFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * When the upstream is left alone, and when it is asked again.
 */
@ExtendWith(OutputCaptureExtension.class)
class CircuitTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final Duration DEADLINE = Duration.ofSeconds(25);

	private static final UpstreamClient CLIENT = new UpstreamClient("client", null, TokenEndpointAuth.NONE,
			"https://issuer.example", URI.create("https://issuer.example/token"), null, Instant.EPOCH, null);

	private static final TokenAnswer UNREACHABLE = UnwellRefresher.outage(Outage.UNREACHABLE, null);

	private final SettableClock clock = SettableClock.standingAt(Instant.EPOCH);

	private final UnwellRefresher upstream = new UnwellRefresher().answering(UNREACHABLE);

	private Guards guards = TestGuards.at(this.clock).make();

	private VirtualTimeScheduler time;

	@BeforeEach
	void start() {
		this.time = VirtualTimeScheduler.getOrSet();
	}

	@AfterEach
	void stop() {
		VirtualTimeScheduler.reset();
	}

	@Test
	void anUpstreamThatFailsTooOftenIsLeftAlone(CapturedOutput output) {
		TokenRefresher refresher = refresher();
		verify(refresher, UNREACHABLE);
		assertThat(refresher.isSuspended()).isFalse();
		verify(refresher, UnwellRefresher.outage(Outage.LEFT_ALONE, Duration.ofSeconds(10)));
		assertThat(refresher.isSuspended()).isTrue();
		assertThat(this.upstream.asked()).hasSize(5);
		this.clock.advance(Duration.ofSeconds(4));
		StepVerifier.create(answer(refresher))
			.expectNext(UnwellRefresher.outage(Outage.LEFT_ALONE, Duration.ofSeconds(6)))
			.expectComplete()
			.verify(SOON);
		assertThat(this.upstream.asked()).as("not asked while the circuit is open").hasSize(5);
		assertThat(output.getAll().lines()).filteredOn((line) -> line.contains("upstream_circuit="))
			.singleElement()
			.asString()
			.contains("WARN", "upstream_circuit=open failed=5 of=5");
	}

	@Test
	void anOpenCircuitDoesNotSettleWhetherTheTokenWasUsedUp() {
		this.upstream.answering(UnwellRefresher.outage(Outage.INTERRUPTED, null));
		TokenRefresher refresher = refresher();
		verify(refresher, UnwellRefresher.outage(Outage.INTERRUPTED, null));
		verify(refresher, UnwellRefresher.outage(Outage.INTERRUPTED, Duration.ofSeconds(10)));
		assertThat(this.upstream.asked()).hasSize(5);
	}

	@Test
	void anUpstreamThatIsWellAgainIsAskedAgain(CapturedOutput output) {
		TokenRefresher refresher = refresher();
		open(refresher);
		this.clock.advance(Duration.ofSeconds(10).plusMillis(1));
		this.upstream.answering(UnwellRefresher.ISSUED);
		for (int trial = 0; trial < 3; trial++) {
			verify(refresher, UnwellRefresher.ISSUED);
			assertThat(refresher.isSuspended()).isFalse();
		}
		assertThat(this.guards.circuit().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
		assertThat(output).contains("upstream_circuit=closed");
	}

	@Test
	void anUpstreamThatFailsItsTrialIsLeftAloneForAsLongAsConfigured(CapturedOutput output) {
		this.guards = TestGuards.at(this.clock)
			.circuit((circuit) -> circuit
				.waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialBackoff(Duration.ofSeconds(10), 2)))
			.make();
		TokenRefresher refresher = refresher();
		open(refresher);
		this.clock.advance(Duration.ofSeconds(10).plusMillis(1));
		verify(refresher, UNREACHABLE);
		verify(refresher, UnwellRefresher.outage(Outage.LEFT_ALONE, Duration.ofSeconds(20)));
		assertThat(output.getAll().lines()).filteredOn((line) -> line.contains("upstream_circuit=")).hasSize(1);
	}

	@Test
	void aCircuitOpenedByHandIsOpenForNobodyKnowsHowLong() {
		this.guards.circuit().transitionToForcedOpenState();
		TokenRefresher refresher = refresher();
		verify(refresher, UnwellRefresher.outage(Outage.LEFT_ALONE, null));
		assertThat(refresher.isSuspended()).isTrue();
		assertThat(this.upstream.asked()).isEmpty();
	}

	@Test
	void onlySoManyWaitForTheUpstreamAtOnceAndItIsNotBlamedForIt() {
		this.guards = TestGuards.at(this.clock).bulkhead((bulkhead) -> bulkhead.maxConcurrentCalls(1)).make();
		this.upstream.answering().thenHanging();
		TokenRefresher refresher = refresher();
		StepVerifier.create(Mono.firstWithSignal(answer(refresher).then(Mono.never()), answer(refresher)))
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(2)))
			.expectNext(UnwellRefresher.outage(Outage.CROWDED, null))
			.expectComplete()
			.verify(SOON);
		assertThat(this.upstream.asked()).hasSize(1);
		assertThat(this.guards.circuit().getMetrics().getNumberOfBufferedCalls()).isZero();
		assertThat(this.guards.bulkhead().getMetrics().getAvailableConcurrentCalls())
			.as("a caller who leaves makes room")
			.isEqualTo(1);
	}

	@Test
	void whoFindsItCrowdedTriesAgain() {
		this.guards = TestGuards.at(this.clock).bulkhead((bulkhead) -> bulkhead.maxConcurrentCalls(1)).make();
		this.upstream.taking(Duration.ofMillis(100), UnwellRefresher.ISSUED);
		TokenRefresher refresher = refresher();
		StepVerifier.create(Mono.zip(answer(refresher), answer(refresher)))
			.then(() -> this.time.advanceTimeBy(Duration.ofSeconds(1)))
			.assertNext((both) -> assertThat(both).containsOnly(UnwellRefresher.ISSUED))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void aBulkheadThatWouldBlockAThreadIsRefused() {
		TestGuards blocking = TestGuards.at(this.clock)
			.bulkhead((bulkhead) -> bulkhead.maxWaitDuration(Duration.ofSeconds(1)));
		assertThatIllegalArgumentException().isThrownBy(blocking::make)
			.withMessageStartingWith(
					"resilience4j.bulkhead.instances.mcp-upstream.max-wait-duration: PT1S (expected: 0");
	}

	private void open(TokenRefresher refresher) {
		verify(refresher, UNREACHABLE);
		verify(refresher, UnwellRefresher.outage(Outage.LEFT_ALONE, Duration.ofSeconds(10)));
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

	private static Mono<TokenAnswer> answer(TokenRefresher refresher) {
		return refresher.refresh(CLIENT, Secret.of("refresh"));
	}

	private TokenRefresher refresher() {
		return new GuardedTokenRefresher(this.upstream, this.guards);
	}

}
