package dev.mcpbridge.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;

import dev.mcpbridge.store.FailingStore.Failure;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That it does what the store behind it does is shown by the suite of all stores.
 */
class BoundedStoreTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Duration LIMIT = Duration.ofSeconds(3);

	private final FailingStore behind = new FailingStore(new MemoryStore(InstantSource.system(), 100));

	private final CircuitBreaker circuit = CircuitBreaker.of("mcp-store",
			CircuitBreakerConfig.custom()
				.slidingWindowSize(4)
				.minimumNumberOfCalls(2)
				.permittedNumberOfCallsInHalfOpenState(1)
				.build());

	private final BoundedStore store = new BoundedStore(this.behind, LIMIT, this.circuit);

	@Test
	void whoHangsIsGivenUp() {
		this.behind.fail(Failure.HANGS);
		StepVerifier.withVirtualTime(() -> this.store.find("k:1"))
			.expectSubscription()
			.expectNoEvent(LIMIT.minusMillis(1))
			.thenAwait(Duration.ofMillis(1))
			.expectErrorSatisfies(BoundedStoreTests::isTimeout)
			.verify(PATIENCE);
		StepVerifier.withVirtualTime(() -> this.store.keys("k"))
			.expectSubscription()
			.thenAwait(LIMIT)
			.expectErrorSatisfies(BoundedStoreTests::isTimeout)
			.verify(PATIENCE);
	}

	@ParameterizedTest
	@EnumSource(names = { "SIGNALS", "THROWS" })
	void whoFailsTooOftenIsLeftAlone(Failure failure) {
		this.behind.fail(failure);
		expectError(Mono.defer(() -> this.store.find("k:1")), IllegalStateException.class);
		expectError(Mono.defer(() -> this.store.lease("k:1", LIMIT)), IllegalStateException.class);
		int asked = this.behind.failed();
		expectError(this.store.find("k:1"), CallNotPermittedException.class);
		expectError(this.store.keys("k").then(), CallNotPermittedException.class);
		assertThat(this.behind.failed()).isEqualTo(asked);
	}

	@Test
	void whoeverLeavesWhileItIsTriedAgainHindersNobody() {
		this.circuit.transitionToOpenState();
		this.circuit.transitionToHalfOpenState();
		this.behind.fail(Failure.HANGS);
		Disposable leaving = this.store.find("k:1").subscribe();
		expectError(this.store.find("k:1"), CallNotPermittedException.class);
		leaving.dispose();
		this.behind.fail(Failure.NONE);
		StepVerifier.create(this.store.find("k:1")).expectComplete().verify(PATIENCE);
		assertThat(this.circuit.getState()).isEqualTo(State.CLOSED);
	}

	@Test
	void aLeaseThatIsGrantedTooLateIsGivenBack() {
		MemoryStore leases = new MemoryStore(InstantSource.system(), 100);
		Sinks.Empty<Void> word = Sinks.empty();
		BridgeStore slow = new FailingStore(leases) {

			@Override
			public Mono<Lease> lease(String key, Duration ttl) {
				return super.lease(key, ttl).delayUntil((lease) -> word.asMono());
			}

		};
		BoundedStore impatient = new BoundedStore(slow, Duration.ofMillis(50), this.circuit);
		expectError(impatient.lease("k:1", PATIENCE), TimeoutException.class);
		assertThat(leases.lease("k:1", PATIENCE).blockOptional(PATIENCE)).as("while nobody knows").isEmpty();
		word.tryEmitEmpty();
		assertThat(leases.lease("k:1", PATIENCE).blockOptional(PATIENCE)).isPresent();
	}

	@Test
	void aLeaseThatIsGrantedInTimeIsKept() {
		assertThat(this.store.lease("k:1", PATIENCE).blockOptional(PATIENCE)).isPresent();
		assertThat(this.store.lease("k:1", PATIENCE).blockOptional(PATIENCE)).isEmpty();
	}

	private static void expectError(Mono<?> call, Class<? extends Throwable> error) {
		StepVerifier.create(call)
			.expectErrorSatisfies(
					(failure) -> assertThat(failure).isInstanceOf(StoreOutageException.class).hasCauseInstanceOf(error))
			.verify(PATIENCE);
	}

	private static void isTimeout(Throwable failure) {
		assertThat(failure).isInstanceOf(StoreOutageException.class).hasCauseInstanceOf(TimeoutException.class);
	}

}
