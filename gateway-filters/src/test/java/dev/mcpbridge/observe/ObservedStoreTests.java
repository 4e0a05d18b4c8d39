package dev.mcpbridge.observe;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.FailingStore;
import dev.mcpbridge.store.Lease;
import dev.mcpbridge.store.MemoryStore;
import dev.mcpbridge.store.StoredValue;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That it does what the store behind it does is shown by the suite of all stores.
 */
class ObservedStoreTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Duration HOUR = Duration.ofHours(1);

	/** Each operation once. */
	private static final List<Function<BridgeStore, Publisher<?>>> OPERATIONS = List.of((store) -> store.find("k:1"),
			(store) -> store.put("k:1", "v", HOUR), (store) -> store.replace("k:1", 0, "v", HOUR),
			(store) -> store.take("k:1"), (store) -> store.keys("k"), (store) -> store.lease("k:1", HOUR),
			(store) -> store.release(new Lease("k:1", 1)));

	private final MockClock clock = new MockClock();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);

	private final FailingStore behind = new FailingStore(new MemoryStore(InstantSource.system(), 100));

	private final ObservedStore store = new ObservedStore(this.behind, this.registry);

	@Test
	void valuesNobodyCanReadAreCountedByKind() {
		List.of("grant", "upstream-client", "something else").forEach(this.store::unreadable);
		for (String kind : List.of("grant", "upstream_client", "other")) {
			assertThat(this.registry.get("mcp.bridge.unreadable").tag("kind", kind).counter().count()).isOne();
		}
	}

	@Test
	void whatIsThereAndWhatIsNotAreToldApart() {
		complete(this.store.find("k:1"));
		complete(this.store.take("k:1"));
		complete(this.store.put("k:1", "v", HOUR));
		complete(this.store.find("k:1"));
		complete(this.store.keys("k"));
		complete(this.store.take("k:1"));
		assertThat(counted()).isEqualTo(
				Map.of("find empty", 1L, "take empty", 1L, "put ok", 1L, "find ok", 1L, "keys ok", 1L, "take ok", 1L));
	}

	@Test
	void whoWritesSecondIsAConflict() {
		complete(this.store.replace("k:1", 0, "v", HOUR));
		complete(this.store.replace("k:1", 0, "v", HOUR));
		complete(this.store.replace("k:1", 1, new StoredValue("w", 2), HOUR));
		complete(this.store.replace("k:1", 1, new StoredValue("w", 2), HOUR));
		assertThat(counted()).isEqualTo(Map.of("replace ok", 2L, "replace conflict", 2L));
	}

	@Test
	void aLeaseSomebodyElseHasIsEmpty() {
		complete(this.store.lease("k:1", HOUR));
		complete(this.store.lease("k:1", HOUR));
		complete(this.store.release(new Lease("k:1", 1)));
		assertThat(counted()).isEqualTo(Map.of("lease ok", 1L, "lease empty", 1L, "release ok", 1L));
	}

	@ParameterizedTest
	@EnumSource(value = FailingStore.Failure.class, names = { "SIGNALS", "THROWS" })
	void whateverFailsIsAnErrorAndSignalsOne(FailingStore.Failure failure) {
		this.behind.fail(failure);
		for (Function<BridgeStore, Publisher<?>> operation : OPERATIONS) {
			StepVerifier.create(operation.apply(this.store)).expectError(IllegalStateException.class).verify(PATIENCE);
		}
		assertThat(counted()).isEqualTo(Map.of("find error", 1L, "put error", 1L, "replace error", 1L, "take error", 1L,
				"keys error", 1L, "lease error", 1L, "release error", 1L));
	}

	@Test
	void aStoreThatHangsIsSeenOnceNobodyWaitsAnyLonger() {
		this.behind.fail(FailingStore.Failure.HANGS);
		for (Function<BridgeStore, Publisher<?>> operation : OPERATIONS) {
			StepVerifier.create(operation.apply(this.store)).thenCancel().verify(PATIENCE);
		}
		assertThat(counted()).isEqualTo(Map.of("find cancelled", 1L, "put cancelled", 1L, "replace cancelled", 1L,
				"take cancelled", 1L, "keys cancelled", 1L, "lease cancelled", 1L, "release cancelled", 1L));
	}

	@Test
	void itsTimeIsTheStoresAlone() {
		Sinks.One<StoredValue> answer = Sinks.one();
		ObservedStore slow = new ObservedStore(answering(answer.asMono()), this.registry);
		Mono<StoredValue> find = slow.find("k:1");
		this.clock.add(HOUR);
		StepVerifier.create(find.doOnNext((value) -> this.clock.add(HOUR)))
			.then(() -> this.clock.add(Duration.ofMillis(30)))
			.then(() -> answer.tryEmitValue(new StoredValue("v", 1)))
			.expectNextCount(1)
			.expectComplete()
			.verify(PATIENCE);
		Timer found = this.registry.get("mcp.bridge.store").tags("operation", "find", "outcome", "ok").timer();
		assertThat(found.count()).isOne();
		assertThat(found.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(30);
	}

	@Test
	void whoeverAsksTwiceIsCountedTwice() {
		Mono<StoredValue> find = this.store.find("k:1");
		assertThat(counted()).isEmpty();
		complete(find);
		complete(find);
		assertThat(counted()).isEqualTo(Map.of("find empty", 2L));
	}

	/** Operation and outcome of what was counted. */
	private Map<String, Long> counted() {
		Map<String, Long> counted = new TreeMap<>();
		for (Timer timer : this.registry.get("mcp.bridge.store").timers()) {
			counted.put("%s %s".formatted(timer.getId().getTag("operation"), timer.getId().getTag("outcome")),
					timer.count());
		}
		counted.values().removeIf((count) -> count == 0);
		return counted;
	}

	private static BridgeStore answering(Mono<?> answer) {
		return (BridgeStore) Proxy.newProxyInstance(BridgeStore.class.getClassLoader(),
				new Class<?>[] { BridgeStore.class }, (proxy, method, arguments) -> answer);
	}

	private static void complete(Publisher<?> operation) {
		StepVerifier.create(Flux.from(operation).then()).expectComplete().verify(PATIENCE);
	}

}
