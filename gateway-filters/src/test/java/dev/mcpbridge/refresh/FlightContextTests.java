package dev.mcpbridge.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.TestGrants;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.simulator.SettableClock;
import dev.mcpbridge.store.MemoryStore;
import dev.mcpbridge.upstream.TokenAnswer;
import dev.mcpbridge.upstream.TokenRefresher;
import dev.mcpbridge.upstream.UpstreamClient;
import io.micrometer.context.ContextRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import static dev.mcpbridge.refresh.Replica.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A flight is of whoever began it, with what it keeps of them and no more; those who wait
 * for it stay their own.
 */
class FlightContextTests {

	static final ThreadLocal<@Nullable String> thread = new ThreadLocal<>();

	final SettableClock clock = SettableClock.standingAt(Instant.parse("2026-08-22T12:00:00Z"));

	final HeldRefresher refresher = new HeldRefresher();

	final Replica replica = new Replica(new MemoryStore(this.clock, 1000), this.clock, Duration.ofSeconds(20),
			this.refresher);

	final Grant grant = get(this.replica.grants.create(TestGrants.grant("grant",
			TestGrants.tokens("first", "first-refresh", this.clock.instant(), Replica.LIFETIME))));

	final List<String> named = new CopyOnWriteArrayList<>();

	@BeforeAll
	static void carryContextsIntoThreads() {
		ContextRegistry.getInstance().registerThreadLocalAccessor(Replica.NAMED, thread);
		Hooks.enableAutomaticContextPropagation();
	}

	@AfterAll
	static void stop() {
		Hooks.disableAutomaticContextPropagation();
		ContextRegistry.getInstance().removeThreadLocalAccessor(Replica.NAMED);
	}

	@Test
	void aFlightKeepsTheNameOfWhoeverBeganItAndNothingElse() {
		this.clock.advance(Replica.LIFETIME);
		waitAs("starter");
		assertThat(this.refresher.context().stream().toList()).hasSize(1);
		assertThat(this.refresher.context().<String>get(Replica.NAMED)).isEqualTo("starter");
	}

	@Test
	void aFlightNobodyWaitsForKeepsItToo() {
		this.clock.advance(Replica.LIFETIME.minusMinutes(1));
		waitAs("starter");
		assertThat(this.named).containsExactly("starter");
		assertThat(this.refresher.context().<String>get(Replica.NAMED)).isEqualTo("starter");
	}

	@Test
	void aFlightOfNobodyHasNoName() {
		this.replica.refreshes.launch(this.grant, RefreshTrigger.BACKGROUND, Context.empty());
		assertThat(this.refresher.context().isEmpty()).isTrue();
	}

	@Test
	void thoseWhoWaitForTheFlightOfAnotherStayThemselves() {
		this.clock.advance(Replica.LIFETIME);
		waitAs("starter");
		waitAs("other");
		assertThat(this.named).isEmpty();
		this.refresher.land();
		await().untilAsserted(() -> assertThat(this.named).containsExactlyInAnyOrder("starter", "other"));
	}

	private void waitAs(String name) {
		this.replica.keeper.fresh(this.grant, Replica.AHEAD)
			.doOnNext((outcome) -> this.named.add(String.valueOf(thread.get())))
			.contextWrite(Context.of(Replica.NAMED, name, "request", new Object()))
			.subscribe();
	}

	/** Answers when it is told to. */
	private static final class HeldRefresher implements TokenRefresher {

		private final List<ContextView> contexts = new CopyOnWriteArrayList<>();

		private final Sinks.One<TokenAnswer> answer = Sinks.one();

		@Override
		public Mono<TokenAnswer> refresh(UpstreamClient client, Secret refreshToken) {
			return Mono.deferContextual((own) -> {
				this.contexts.add(own);
				return this.answer.asMono();
			});
		}

		@Override
		public Duration deadline() {
			return Duration.ofSeconds(2);
		}

		ContextView context() {
			await().until(() -> !this.contexts.isEmpty());
			return this.contexts.get(0);
		}

		void land() {
			this.answer.tryEmitValue(new TokenAnswer.Refused("temporarily_unavailable", null, 503));
		}

	}

}
