package dev.mcpbridge.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.TestGrants;
import dev.mcpbridge.refresh.RefreshOutcome.Kept;
import dev.mcpbridge.refresh.RefreshOutcome.Revoked;
import dev.mcpbridge.refresh.RefreshOutcome.Rotated;
import dev.mcpbridge.refresh.RefreshOutcome.Unreachable;
import dev.mcpbridge.refresh.TokenServer.Reply;
import dev.mcpbridge.simulator.SettableClock;
import dev.mcpbridge.store.FailingStore;
import dev.mcpbridge.store.Lease;
import dev.mcpbridge.store.MemoryStore;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import static dev.mcpbridge.refresh.Replica.accessToken;
import static dev.mcpbridge.refresh.Replica.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Several replicas on one store, and what a replica leaves behind when it dies.
 */
class ReplicasServerTests {

	private static final Duration HOUR = Duration.ofHours(1);

	final SettableClock clock = SettableClock.standingAt(Instant.parse("2026-08-22T12:00:00Z"));

	final TokenServer upstream = new TokenServer();

	final FailingStore store = new FailingStore(new MemoryStore(this.clock, 1000));

	final Replica one = new Replica(this.store, this.clock);

	final Replica other = new Replica(this.store, this.clock);

	final Grant grant = get(this.one.grants
		.create(TestGrants.grant(UUID.randomUUID().toString(), tokens("first", "first-refresh"), this.upstream.url())));

	@BeforeEach
	void growStale() {
		this.clock.advance(Replica.LIFETIME);
	}

	@AfterEach
	void stop() {
		this.upstream.close();
	}

	@Test
	void replicasRefreshOnce() {
		Sinks.One<Reply> gate = Sinks.one();
		this.upstream.answer((form) -> gate.asMono());
		Mono<List<RefreshOutcome>> all = Flux.range(0, 500)
			.flatMap((caller) -> ((caller % 2 == 0) ? this.one : this.other).keeper.fresh(this.grant, Replica.AHEAD)
				.subscribeOn(Schedulers.boundedElastic()), 500)
			.collectList()
			.cache();
		Disposable waiting = all.subscribe();
		await().until(() -> this.upstream.requests() == 1);
		gate.tryEmitValue(Reply.tokens("second", "second-refresh"));
		assertThat(get(all)).hasSize(500).allSatisfy((outcome) -> assertThat(accessToken(outcome)).isEqualTo("second"));
		assertThat(this.upstream.requests()).isEqualTo(1);
		assertThat(Stream.concat(this.one.heard.words().stream(), this.other.heard.words().stream()))
			.contains("STALE Rotated", "STALE Kept");
		waiting.dispose();
	}

	@Test
	void theLeaseOfADeadReplicaRunsOut() {
		this.upstream.answer(Reply.tokens("second", "second-refresh"));
		get(this.store.lease("grant:" + this.grant.id(), Duration.ofSeconds(7)));
		Mono<RefreshOutcome> outcome = this.other.keeper.fresh(this.grant, Replica.AHEAD).cache();
		Disposable waiting = outcome.subscribe();
		assertThat(this.upstream.requests()).isZero();
		this.clock.advance(Duration.ofSeconds(8));
		assertThat(accessToken(get(outcome))).isEqualTo("second");
		assertThat(this.other.heard.words()).doesNotContain("recovered");
		waiting.dispose();
	}

	@Test
	void whoeverComesAfterACrashInTheMiddleBeginsAgain() {
		this.upstream.answer(Reply.tokens("second", "second-refresh"));
		Lease dead = get(this.store.lease("grant:" + this.grant.id(), Duration.ofSeconds(7)));
		get(new RefreshJournal(this.store).begin(this.grant, dead));
		this.clock.advance(Duration.ofSeconds(8));
		assertThat(this.other.fresh(this.grant)).isInstanceOf(Rotated.class);
		assertThat(this.other.heard.words()).containsExactly("recovered", "STALE Rotated");
	}

	@Test
	void whoWakesUpTooLateRedeemsNothing() {
		Lease late = get(this.store.lease("grant:" + this.grant.id(), Duration.ofSeconds(7)));
		this.clock.advance(Duration.ofSeconds(8));
		Lease holder = get(this.store.lease("grant:" + this.grant.id(), Duration.ofSeconds(7)));
		RefreshJournal journal = new RefreshJournal(this.store);
		assertThat(get(journal.begin(this.grant, holder))).isFalse();
		assertThat(journal.begin(this.grant, late).blockOptional(Replica.PATIENCE)).isEmpty();
		journal.end(this.grant).block(Replica.PATIENCE);
		assertThat(get(journal.begin(this.grant, holder))).isFalse();
		assertThat(get(journal.begin(this.grant, holder))).as("never ended").isTrue();
	}

	@Test
	void aJournalNobodyCanReadIsNoHindrance() {
		this.upstream.answer(Reply.tokens("second", "second-refresh"));
		this.store.put("refresh:" + this.grant.id(), "garbage", HOUR).block(Replica.PATIENCE);
		assertThat(this.one.fresh(this.grant)).isInstanceOf(Rotated.class);
		assertThat(this.one.heard.words()).containsExactly("STALE Rotated");
	}

	@Test
	void nothingIsLeftBehindByARefreshThatLanded() {
		this.upstream.answer(Reply.tokens("second", "second-refresh"));
		this.one.fresh(this.grant);
		assertThat(this.store.keys("refresh").collectList().block(Replica.PATIENCE)).isEmpty();
		assertThat(get(this.store.lease("grant:" + this.grant.id(), HOUR)).fence()).isEqualTo(2);
	}

	@Test
	void aTokenThatWasKilledByARaceIsReplacedByTheOneBefore() {
		Grant second = get(this.one.grants.rotate(this.grant, tokens("second", "second-refresh")));
		this.clock.advance(Replica.LIFETIME);
		this.upstream.answer((form) -> Mono.just(form.contains("first-refresh") ? Reply.tokens("third", "third-refresh")
				: Reply.error(400, "invalid_grant")));
		assertThat(accessToken(this.one.fresh(second))).isEqualTo("third");
		assertThat(this.upstream.requests()).isEqualTo(2);
		assertThat(this.one.heard.words()).containsExactly("fell back true", "STALE Rotated");
		assertThat(this.one.stored(second).previousRefreshToken()).hasToString("***");
	}

	/** The race may have been lost again. */
	@Test
	void theTokenThatWasFallenBackToIsTheOneBefore() {
		Grant second = get(this.one.grants.rotate(this.grant, tokens("second", "second-refresh")));
		this.upstream.answer((form) -> Mono.just(form.contains("first-refresh") ? Reply.tokens("third", "third-refresh")
				: Reply.error(400, "invalid_grant")));
		this.clock.advance(Replica.LIFETIME);
		assertThat(accessToken(this.one.fresh(second))).isEqualTo("third");
		this.clock.advance(Replica.LIFETIME);
		assertThat(this.one.fresh(this.one.stored(second))).isInstanceOf(Rotated.class);
	}

	@Test
	void aGrantEndsWhenBothTokensAreDead() {
		Grant second = get(this.one.grants.rotate(this.grant, tokens("second", "second-refresh")));
		this.clock.advance(Replica.LIFETIME);
		this.upstream.answer(Reply.error(400, "invalid_grant"));
		assertThat(this.one.fresh(second)).isEqualTo(new Revoked("invalid_grant"));
		assertThat(this.upstream.requests()).isEqualTo(2);
		assertThat(this.one.stored(second).hasEnded()).isTrue();
	}

	@Test
	void anOutageInTheMiddleOfTheTwoEndsNothing() {
		Grant second = get(this.one.grants.rotate(this.grant, tokens("second", "second-refresh")));
		this.clock.advance(Replica.LIFETIME);
		this.upstream.answer((form) -> Mono.just(
				form.contains("first-refresh") ? Reply.error(503, "server_error") : Reply.error(400, "invalid_grant")));
		assertThat(this.one.fresh(second)).isInstanceOf(Unreachable.class);
		assertThat(this.one.stored(second).hasEnded()).isFalse();
	}

	@Test
	void whatCannotBeStoredIsHeldUntilItCan() {
		this.upstream.answer((form) -> {
			this.store.fail(FailingStore.Failure.HANGS);
			return Mono.just(Reply.tokens("second", "second-refresh"));
		});
		Replica impatient = new Replica(this.store, this.clock, Duration.ofMillis(700),
				Replica.tokenEndpoint(this.clock));
		assertThat(impatient.fresh(this.grant)).as("whoever waits does so for a while only")
			.isInstanceOf(Unreachable.class);
		await().until(() -> impatient.heard.words().contains("held"));
		this.store.fail(FailingStore.Failure.NONE);
		await().until(() -> impatient.heard.words().contains("STALE Rotated"));
		assertThat(accessToken(this.one.stored(this.grant))).isEqualTo("second");
		assertThat(impatient.heard.words()).containsExactly("held", "let go true", "STALE Rotated");
		assertThat(this.upstream.requests()).isEqualTo(1);
	}

	@Test
	void aProcessThatEndsWaitsForItsRefreshes() {
		Sinks.One<Reply> gate = Sinks.one();
		this.upstream.answer((form) -> gate.asMono());
		this.one.refreshes.launch(this.grant, RefreshTrigger.AHEAD, Context.empty());
		await().until(() -> this.upstream.requests() == 1);
		Sinks.Empty<Void> landed = Sinks.empty();
		this.one.refreshes.whenLanded(landed::tryEmitEmpty);
		assertThat(landed.currentSubscriberCount()).isZero();
		gate.tryEmitValue(Reply.tokens("second", "second-refresh"));
		landed.asMono().block(Replica.PATIENCE);
		assertThat(accessToken(this.one.stored(this.grant))).isEqualTo("second");
	}

	@Test
	void anUpstreamThatKeepsItsAccessTokenIsAskedOnceForAll() {
		this.upstream.answer(Reply.tokens("first", "second-refresh"));
		assertThat(this.one.fresh(this.grant)).isInstanceOf(Rotated.class);
		assertThat(this.other.fresh(this.grant)).isInstanceOf(Kept.class);
		assertThat(this.one.fresh(this.grant)).isInstanceOf(Kept.class);
		assertThat(this.upstream.requests()).isEqualTo(1);
	}

	@Test
	void aClockThatIsPutBackMakesNoPauseLonger() {
		this.upstream.answer(Reply.error(503, "server_error"));
		assertThat(get(this.one.refreshes.flight(this.grant, RefreshTrigger.FORCED))).isInstanceOf(Unreachable.class);
		this.clock.advance(HOUR.negated());
		this.upstream.answer(Reply.tokens("second", "second-refresh"));
		assertThat(get(this.one.refreshes.flight(this.grant, RefreshTrigger.FORCED))).isInstanceOf(Rotated.class);
	}

	@Test
	void refusedTokensAreReplacedOnceForAll() {
		this.upstream.answer(Reply.tokens("second", "second-refresh"));
		this.clock.advance(Replica.LIFETIME.negated());
		List<RefreshOutcome> outcomes = get(Flux.range(0, 100)
			.flatMap((caller) -> ((caller % 2 == 0) ? this.one : this.other).keeper.rejected(this.grant)
				.subscribeOn(Schedulers.boundedElastic()), 100)
			.collectList());
		assertThat(outcomes).allSatisfy((outcome) -> assertThat(accessToken(outcome)).isEqualTo("second"));
		assertThat(this.upstream.requests()).isEqualTo(1);
	}

	@Test
	void anUpstreamThatRefusesEveryTokenIsNotAskedAllTheTime() {
		this.upstream.answer(Reply.tokens("second", "second-refresh"));
		this.clock.advance(Replica.LIFETIME.negated());
		get(this.one.keeper.rejected(this.grant));
		Grant second = this.one.stored(this.grant);
		assertThat(get(this.one.keeper.rejected(second))).isEqualTo(new Kept(second));
		assertThat(this.upstream.requests()).isEqualTo(1);
		this.upstream.answer(Reply.tokens("third", "third-refresh"));
		this.clock.advance(Duration.ofSeconds(31));
		assertThat(accessToken(get(this.one.keeper.rejected(second)))).isEqualTo("third");
	}

	private UpstreamTokens tokens(String accessToken, String refreshToken) {
		return TestGrants.tokens(accessToken, refreshToken, this.clock.instant(), Replica.LIFETIME);
	}

}
