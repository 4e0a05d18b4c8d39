package dev.mcpbridge.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.TestGrants;
import dev.mcpbridge.refresh.RefreshOutcome.Kept;
import dev.mcpbridge.refresh.RefreshOutcome.Rotated;
import dev.mcpbridge.refresh.RefreshOutcome.Unreachable;
import dev.mcpbridge.refresh.TokenServer.Reply;
import dev.mcpbridge.simulator.SettableClock;
import dev.mcpbridge.store.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import static dev.mcpbridge.refresh.Replica.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Who watches a refresh knows who began it, and cannot harm it.
 */
class RefreshWatchServerTests {

	final SettableClock clock = SettableClock.standingAt(Instant.parse("2026-08-22T12:00:00Z"));

	final TokenServer upstream = new TokenServer();

	final List<String> watched = new CopyOnWriteArrayList<>();

	final AtomicBoolean failing = new AtomicBoolean();

	final Replica replica = new Replica(new MemoryStore(this.clock, 1000), this.clock, Duration.ofSeconds(20),
			Replica.tokenEndpoint(this.clock), this::watch);

	final Grant grant = get(this.replica.grants.create(TestGrants.grant(UUID.randomUUID().toString(),
			TestGrants.tokens("first", "first-refresh", this.clock.instant(), Replica.LIFETIME), this.upstream.url())));

	@AfterEach
	void stop() {
		this.upstream.close();
	}

	@Test
	void whoWaitsForARefreshIsKnown() {
		this.upstream.answer(Reply.tokens("second", "second-refresh"));
		this.clock.advance(Replica.LIFETIME);
		assertThat(ask("somebody")).isInstanceOf(Rotated.class);
		assertThat(this.watched).containsExactly("STALE for somebody", "Rotated");
	}

	@Test
	void whoGoesOnWhileItIsDoneIsKnownToo() {
		this.upstream.answer(Reply.tokens("second", "second-refresh"));
		this.clock.advance(Replica.LIFETIME.minus(Replica.AHEAD.dividedBy(2)));
		assertThat(ask("somebody")).isInstanceOf(Kept.class);
		await().until(() -> this.watched.contains("Rotated"));
		assertThat(this.watched).containsExactly("AHEAD for somebody", "Rotated");
	}

	@Test
	void aRefreshNobodyAskedForIsForNobody() {
		this.upstream.answer(Reply.tokens("second", "second-refresh"));
		this.replica.keeper.enter(this.grant);
		this.clock.advance(Replica.LIFETIME.minus(Replica.AHEAD.dividedBy(2)));
		this.replica.background.run(1);
		await().until(() -> this.watched.contains("Rotated"));
		assertThat(this.watched).containsExactly("BACKGROUND for nobody", "Rotated");
	}

	@Test
	void aWatchThatFailsDoesNotStandInTheWayForEver() {
		this.upstream.answer(Reply.tokens("second", "second-refresh"));
		this.clock.advance(Replica.LIFETIME);
		this.failing.set(true);
		assertThat(ask("somebody")).isInstanceOf(Unreachable.class);
		this.failing.set(false);
		this.clock.advance(Duration.ofSeconds(3));
		assertThat(ask("somebody")).isInstanceOf(Rotated.class);
	}

	private RefreshOutcome ask(String name) {
		return get(this.replica.keeper.fresh(this.grant, Replica.AHEAD).contextWrite(Context.of("name", name)));
	}

	private Mono<RefreshOutcome> watch(RefreshTrigger trigger, ContextView asking, Mono<RefreshOutcome> refresh) {
		if (this.failing.get()) {
			throw new IllegalStateException("no watch");
		}
		this.watched.add("%s for %s".formatted(trigger, asking.getOrDefault("name", "nobody")));
		return refresh.doOnNext((outcome) -> this.watched.add(outcome.getClass().getSimpleName()));
	}

}
