package dev.mcpbridge.refresh;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.TestGrants;
import dev.mcpbridge.refresh.TokenServer.Reply;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.simulator.SettableClock;
import dev.mcpbridge.store.MemoryStore;
import dev.mcpbridge.upstream.TokenAnswer;
import dev.mcpbridge.upstream.TokenRefresher;
import dev.mcpbridge.upstream.UpstreamClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static dev.mcpbridge.refresh.Replica.accessToken;
import static dev.mcpbridge.refresh.Replica.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class BackgroundRefreshServerTests {

	/** In the window of every grant, and before the end of any. */
	private static final Duration DUE = Replica.LIFETIME.minus(Duration.ofMinutes(2));

	final SettableClock clock = SettableClock.standingAt(Instant.parse("2026-08-22T12:00:00Z"));

	final TokenServer upstream = new TokenServer();

	final MemoryStore store = new MemoryStore(this.clock, 1000);

	final Replica replica = new Replica(this.store, this.clock);

	@BeforeEach
	void answer() {
		this.upstream.answer(Reply.tokens("second", "second-refresh"));
	}

	@AfterEach
	void stop() {
		this.upstream.close();
	}

	@Test
	void aGrantUsedNotLongAgoIsRenewedAlthoughNobodyAsks() {
		Grant grant = use(create("refresh"));
		this.replica.background.run(10);
		assertThat(this.upstream.requests()).isZero();
		this.clock.advance(DUE);
		this.replica.background.run(10);
		await().until(() -> accessToken(this.replica.stored(grant)).equals("second"));
		await().until(() -> !this.replica.heard.words().isEmpty());
		this.replica.background.run(10);
		assertThat(this.upstream.requests()).isEqualTo(1);
		assertThat(this.replica.heard.words()).containsExactly("BACKGROUND Rotated");
		this.clock.advance(DUE);
		this.replica.background.run(10);
		await().until(() -> this.replica.stored(grant).generation() == 3);
	}

	@Test
	void aGrantNobodyUsesIsLeftAlone() {
		use(create("refresh"));
		this.clock.advance(Replica.WINDOW.plusSeconds(1));
		this.replica.background.run(10);
		assertThat(this.replica.active.count()).isZero();
		assertThat(this.upstream.requests()).isZero();
	}

	@Test
	void aGrantWithAnOpenStreamIsInUse() {
		Grant grant = create("refresh");
		this.replica.keeper.enter(grant);
		this.clock.advance(Replica.WINDOW.plusSeconds(1));
		assertThat(this.replica.active.count()).isEqualTo(1);
		this.replica.background.run(10);
		await().until(() -> accessToken(this.replica.stored(grant)).equals("second"));
		this.replica.keeper.leave(grant);
		assertThat(this.replica.active.count()).isEqualTo(1);
		this.clock.advance(Replica.WINDOW.plusSeconds(1));
		assertThat(this.replica.active.count()).isZero();
	}

	@Test
	void thoseThatEndFirstComeFirstAndNoMoreThanAllowed() {
		List<Grant> grants = IntStream.range(0, 20).mapToObj((number) -> {
			this.clock.advance(Duration.ofSeconds(1));
			return use(create("refresh"));
		}).toList();
		this.clock.advance(DUE);
		this.replica.background.run(3);
		await().until(() -> this.replica.heard.words().size() == 3);
		assertThat(grants.subList(0, 3))
			.allSatisfy((grant) -> assertThat(this.replica.stored(grant).generation()).isEqualTo(2));
		assertThat(this.upstream.requests()).isEqualTo(3);
	}

	@Test
	void thoseTheUpstreamRefusesForNowKeepNobodyElseWaiting() {
		this.upstream.answer((form) -> Mono.just(form.contains("refused") ? Reply.error(400, "invalid_scope")
				: Reply.tokens("second", "second-refresh")));
		IntStream.range(0, 3).forEach((number) -> use(create("refused")));
		this.clock.advance(Duration.ofMinutes(3));
		Grant last = use(create("refresh"));
		this.clock.advance(DUE.minusMinutes(1));
		this.replica.background.run(3);
		await().until(() -> this.replica.heard.words().size() == 3);
		this.replica.background.run(3);
		await().until(() -> accessToken(this.replica.stored(last)).equals("second"));
	}

	/** Requests wait for them anyway; for the others, nobody has to wait yet. */
	@Test
	void thoseThatNoLongerServeComeLast() {
		use(create("refused"));
		this.clock.advance(Duration.ofMinutes(10));
		Grant ageing = use(create("refresh"));
		this.clock.advance(DUE);
		this.replica.background.run(1);
		await().until(() -> this.replica.heard.words().size() == 1);
		assertThat(accessToken(this.replica.stored(ageing))).isEqualTo("second");
	}

	@Test
	void nothingIsBegunWhileTheUpstreamIsLeftAlone() {
		TokenRefresher suspended = new Suspended();
		Replica other = new Replica(this.store, this.clock, Replica.PATIENCE, suspended);
		other.keeper.enter(create("refresh"));
		this.clock.advance(DUE);
		other.background.run(10);
		assertThat(other.heard.words()).isEmpty();
	}

	@Test
	void whatCannotBeRenewedIsNotTried() {
		this.replica.keeper.enter(create(null));
		this.clock.advance(DUE);
		this.replica.background.run(10);
		assertThat(this.replica.heard.words()).isEmpty();
	}

	@Test
	void aGrantThatEndedIsForgotten() {
		this.upstream.answer(Reply.error(400, "invalid_grant"));
		use(create("refresh"));
		this.clock.advance(DUE);
		this.replica.background.run(10);
		await().until(() -> this.replica.active.count() == 0);
		assertThat(this.replica.heard.words()).containsExactly("BACKGROUND Revoked");
	}

	private Grant use(Grant grant) {
		this.replica.keeper.enter(grant);
		this.replica.keeper.leave(grant);
		return grant;
	}

	private Grant create(@Nullable String refreshToken) {
		return get(this.replica.grants.create(TestGrants.grant(UUID.randomUUID().toString(),
				TestGrants.tokens("first", refreshToken, this.clock.instant(), Replica.LIFETIME),
				this.upstream.url())));
	}

	/** Would answer, but is to be left alone. */
	private static final class Suspended implements TokenRefresher {

		@Override
		public Mono<TokenAnswer> refresh(UpstreamClient client, Secret refreshToken) {
			return Mono.error(new AssertionError("asked"));
		}

		@Override
		public Duration deadline() {
			return Duration.ofSeconds(1);
		}

		@Override
		public boolean isSuspended() {
			return true;
		}

	}

}
