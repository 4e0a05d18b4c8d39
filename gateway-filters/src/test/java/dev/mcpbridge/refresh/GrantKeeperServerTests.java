package dev.mcpbridge.refresh;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.grant.TestGrants;
import dev.mcpbridge.refresh.RefreshOutcome.Kept;
import dev.mcpbridge.refresh.RefreshOutcome.Revoked;
import dev.mcpbridge.refresh.RefreshOutcome.Rotated;
import dev.mcpbridge.refresh.RefreshOutcome.Unreachable;
import dev.mcpbridge.refresh.TokenServer.Reply;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.simulator.SettableClock;
import dev.mcpbridge.store.FailingStore;
import dev.mcpbridge.store.MemoryStore;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import static dev.mcpbridge.refresh.Replica.accessToken;
import static dev.mcpbridge.refresh.Replica.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A keeper before a real token endpoint.
 */
class GrantKeeperServerTests {

	static final Duration LIFETIME = Replica.LIFETIME;

	static final Duration AHEAD = Replica.AHEAD;

	final SettableClock clock = SettableClock.standingAt(Instant.parse("2026-08-22T12:00:00Z"));

	final TokenServer upstream = new TokenServer();

	final FailingStore store = new FailingStore(new MemoryStore(this.clock, 1000));

	final Replica replica = new Replica(this.store, this.clock);

	final Grants grants = this.replica.grants;

	final GrantKeeper keeper = this.replica.keeper;

	final Grant grant = create("refresh");

	@AfterEach
	void stop() {
		this.upstream.close();
	}

	@Test
	void aFreshTokenIsKeptAndNobodyIsAsked() {
		assertThat(fresh(this.grant)).isEqualTo(new Kept(this.grant));
		assertThat(renewed(this.grant)).isEqualTo(new Kept(this.grant));
		assertThat(this.upstream.requests()).isZero();
	}

	@Test
	void anAgeingTokenIsKeptWhileOneRefreshStarts() {
		Sinks.One<Reply> gate = Sinks.one();
		this.upstream.answer((form) -> gate.asMono());
		age(Duration.ofMinutes(1));
		assertThat(atOnce(1000)).hasSize(1000).containsOnly(new Kept(this.grant));
		await().until(() -> this.upstream.requests() == 1);
		gate.tryEmitValue(Reply.tokens("second", "second-refresh"));
		await().until(() -> stored().generation() == 2);
		assertThat(accessToken(stored())).isEqualTo("second");
		assertThat(this.upstream.requests()).isEqualTo(1);
	}

	@Test
	void aThousandCallersOfAStaleTokenWaitForOneRefresh() {
		this.upstream
			.answer((form) -> Mono.just(Reply.tokens("second", "second-refresh")).delayElement(Duration.ofMillis(100)));
		age(Duration.ZERO);
		assertThat(atOnce(1000)).hasSize(1000)
			.allSatisfy((outcome) -> assertThat(accessToken(outcome)).isEqualTo("second"));
		assertThat(this.upstream.requests()).isEqualTo(1);
		assertThat(stored().generation()).isEqualTo(2);
	}

	@Test
	void theRefreshGoesOnWhenWhoeverBeganItLeaves() {
		Sinks.One<Reply> gate = Sinks.one();
		this.upstream.answer((form) -> gate.asMono());
		age(Duration.ZERO);
		Disposable first = this.keeper.fresh(this.grant, AHEAD).subscribe();
		await().until(() -> this.upstream.requests() == 1);
		first.dispose();
		Mono<RefreshOutcome> second = this.keeper.fresh(this.grant, AHEAD).cache();
		Disposable waiting = second.subscribe();
		gate.tryEmitValue(Reply.tokens("second", "second-refresh"));
		assertThat(accessToken(get(second))).isEqualTo("second");
		assertThat(this.upstream.requests()).isEqualTo(1);
		waiting.dispose();
	}

	@Test
	void theRefreshIsStoredWhenNobodyWaitsAnyMore() {
		Sinks.One<Reply> gate = Sinks.one();
		this.upstream.answer((form) -> gate.asMono());
		age(Duration.ZERO);
		Disposable only = this.keeper.fresh(this.grant, AHEAD).subscribe();
		await().until(() -> this.upstream.requests() == 1);
		only.dispose();
		gate.tryEmitValue(Reply.tokens("second", "second-refresh"));
		await().until(() -> stored().generation() == 2);
	}

	@Test
	void whoKnowsAnOlderGenerationAdoptsTheNewest() {
		age(Duration.ZERO);
		Grant second = get(this.grants.rotate(this.grant, tokens("second", "second-refresh")));
		assertThat(fresh(this.grant)).isEqualTo(new Kept(second));
		assertThat(this.upstream.requests()).isZero();
	}

	@ParameterizedTest
	@MethodSource("outages")
	void anOutageCostsNoLogin(Reply reply, Duration retryAfter) {
		this.upstream.answer(reply);
		age(Duration.ofMinutes(1));
		assertThat(renewed(this.grant)).isEqualTo(new Kept(this.grant));
		this.clock.advance(retryAfter);
		age(Duration.ofSeconds(2));
		assertThat(fresh(this.grant)).as("stale, but still good").isEqualTo(new Kept(this.grant));
		this.clock.advance(retryAfter);
		age(Duration.ZERO);
		assertThat(fresh(this.grant)).isEqualTo(new Unreachable(retryAfter));
		assertThat(stored()).isEqualTo(this.grant);
		this.upstream.answer(Reply.tokens("second", "second-refresh"));
		this.clock.advance(retryAfter);
		assertThat(fresh(this.grant)).isInstanceOf(Rotated.class);
	}

	static Stream<Arguments> outages() {
		Duration moment = Duration.ofSeconds(2);
		String page = "<!DOCTYPE html><html><body>Something went wrong</body></html>";
		return Stream.of(
				Arguments.of(Reply.error(429, "rate_limited").with("retry-after", "30"), Duration.ofSeconds(30)),
				Arguments.of(Reply.error(429, "rate_limited"), moment),
				Arguments.of(Reply.error(500, "server_error"), moment),
				Arguments.of(Reply.error(503, "invalid_grant"), moment),
				Arguments.of(Reply.error(400, "invalid_request"), moment),
				Arguments.of(Reply.json(502, page).with("content-type", "text/html"), moment),
				Arguments.of(Reply.json(200, page).with("content-type", "text/html"), moment),
				Arguments.of(Reply.json(200, "{}"), moment), Arguments.of(Reply.json(404, ""), moment),
				Arguments.of(Reply.tokens("lost", "lost").cut(), moment));
	}

	@Test
	void aSilentUpstreamIsAnOutage() {
		this.upstream.answer((form) -> Mono.never());
		age(Duration.ZERO);
		assertThat(fresh(this.grant)).isInstanceOf(Unreachable.class);
		assertThat(stored()).isEqualTo(this.grant);
	}

	@Test
	void anAbsentUpstreamIsAnOutage() {
		this.upstream.close();
		age(Duration.ZERO);
		assertThat(fresh(this.grant)).isInstanceOf(Unreachable.class);
	}

	@Test
	void theUpstreamIsLeftAloneForAsLongAsItAsks() {
		this.upstream.answer(Reply.error(429, "rate_limited").with("retry-after", "30"));
		age(Duration.ZERO);
		fresh(this.grant);
		this.clock.advance(Duration.ofSeconds(29));
		assertThat(atOnce(100)).containsOnly(new Unreachable(Duration.ofSeconds(30)));
		assertThat(this.upstream.requests()).isEqualTo(1);
		this.clock.advance(Duration.ofSeconds(2));
		fresh(this.grant);
		assertThat(this.upstream.requests()).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource({ "86400, 60", "0, 2" })
	void butNoLongerThanAMinuteAndNotAtOnce(String asked, int seconds) {
		this.upstream.answer(Reply.error(503, "server_error").with("retry-after", asked));
		age(Duration.ZERO);
		assertThat(atOnce(100)).containsOnly(new Unreachable(Duration.ofSeconds(seconds)));
		assertThat(fresh(this.grant)).isEqualTo(new Unreachable(Duration.ofSeconds(seconds)));
		assertThat(this.upstream.requests()).isEqualTo(1);
		this.clock.advance(Duration.ofSeconds(seconds + 1));
		fresh(this.grant);
		assertThat(this.upstream.requests()).isEqualTo(2);
	}

	@ParameterizedTest
	@MethodSource("ends")
	void aDeadRefreshTokenEndsTheGrant(Reply reply, String reason) {
		this.upstream.answer(reply);
		age(Duration.ZERO);
		assertThat(atOnce(100)).contains(new Revoked(reason)).hasOnlyElementsOfType(Revoked.class);
		assertThat(this.upstream.requests()).isEqualTo(1);
		assertThat(stored().hasEnded()).isTrue();
		assertThat(fresh(stored())).isEqualTo(new Revoked("ended"));
		assertThat(renewed(stored())).isEqualTo(new Revoked("ended"));
		assertThat(this.upstream.requests()).isEqualTo(1);
	}

	static Stream<Arguments> ends() {
		return Stream.of(Arguments.of(Reply.error(400, "invalid_grant"), "invalid_grant"),
				Arguments.of(Reply.error(401, "invalid_client"), "invalid_client"),
				Arguments.of(Reply.error(403, "unauthorized_client"), "unauthorized_client"),
				Arguments.of(Reply.error(200, "invalid_grant"), "invalid_grant"));
	}

	@Test
	void anAnswerWithoutARefreshTokenKeepsTheOneThatWasSent() {
		this.upstream.answer(Reply.json(200, "{\"access_token\":\"second\",\"expires_in\":3300}"));
		age(Duration.ZERO);
		assertThat(accessToken(fresh(this.grant))).isEqualTo("second");
		UpstreamTokens tokens = stored().tokens();
		assertThat(Objects.requireNonNull(tokens).refreshToken()).isEqualTo(Secret.of("refresh"));
	}

	@Test
	void tokensWithoutARefreshTokenServeToTheirEnd() {
		Grant mortal = create(null);
		age(Duration.ofMinutes(1));
		assertThat(fresh(mortal)).isEqualTo(new Kept(mortal));
		assertThat(renewed(mortal)).isEqualTo(new Kept(mortal));
		age(Duration.ZERO);
		assertThat(fresh(mortal)).isEqualTo(new Revoked("no_refresh_token"));
		assertThat(this.upstream.requests()).isZero();
	}

	@Test
	void whoLosesTheRaceToTheStoreAdoptsTheWinner() {
		this.upstream.answer((form) -> this.grants.rotate(this.grant, tokens("winner", "winner-refresh"))
			.thenReturn(Reply.tokens("loser", "loser-refresh")));
		age(Duration.ZERO);
		assertThat(accessToken(fresh(this.grant))).isEqualTo("winner");
		assertThat(accessToken(stored())).isEqualTo("winner");
	}

	@Test
	void whoIsRefusedBecauseAnotherWasFasterAdoptsTheWinner() {
		this.upstream.answer((form) -> this.grants.rotate(this.grant, tokens("winner", "winner-refresh"))
			.thenReturn(Reply.error(400, "invalid_grant")));
		age(Duration.ZERO);
		assertThat(accessToken(fresh(this.grant))).isEqualTo("winner");
		assertThat(stored().hasEnded()).isFalse();
	}

	@Test
	void aGrantTheStoreLostIsRenewedByWhoeverSawIt() {
		this.upstream.answer(Reply.tokens("second", "second-refresh"));
		get(this.store.take("grant:" + this.grant.id()));
		age(Duration.ZERO);
		assertThat(new Replica(this.store, this.clock).fresh(this.grant)).isEqualTo(new Revoked("unknown"));
		assertThat(this.upstream.requests()).isZero();
		assertThat(accessToken(fresh(this.grant))).isEqualTo("second");
	}

	@ParameterizedTest
	@MethodSource("failures")
	void aStoreThatFailsIsAnOutageAndNothingIsRotated(FailingStore.Failure failure) {
		this.store.fail(failure);
		age(Duration.ofMinutes(1));
		assertThat(fresh(this.grant)).isEqualTo(new Kept(this.grant));
		age(Duration.ZERO);
		assertThat(fresh(this.grant)).isInstanceOf(Unreachable.class);
		assertThat(this.upstream.requests()).isZero();
		this.store.fail(FailingStore.Failure.NONE);
		this.upstream.answer(Reply.tokens("second", "second-refresh"));
		this.clock.advance(Duration.ofSeconds(3));
		assertThat(fresh(this.grant)).isInstanceOf(Rotated.class);
	}

	@Test
	void whatWasRotatedIsStoredWhenTheStoreIsBackSoon() {
		this.upstream.answer((form) -> {
			this.store.fail(FailingStore.Failure.SIGNALS);
			return Mono.just(Reply.tokens("second", "second-refresh"));
		});
		age(Duration.ZERO);
		Mono<RefreshOutcome> outcome = this.keeper.fresh(this.grant, AHEAD).cache();
		Disposable waiting = outcome.subscribe();
		await().until(() -> this.store.failed() > 0);
		this.store.fail(FailingStore.Failure.NONE);
		assertThat(get(outcome)).isInstanceOf(Rotated.class);
		assertThat(accessToken(stored())).isEqualTo("second");
		assertThat(this.upstream.requests()).isEqualTo(1);
		waiting.dispose();
	}

	static Stream<FailingStore.Failure> failures() {
		return Stream.of(FailingStore.Failure.SIGNALS, FailingStore.Failure.THROWS);
	}

	@Test
	void aStoreThatHangsHoldsNobodyForEver() {
		GrantKeeper impatient = new Replica(this.store, this.clock, Duration.ofMillis(200),
				Replica.tokenEndpoint(this.clock)).keeper;
		this.store.fail(FailingStore.Failure.HANGS);
		age(Duration.ZERO);
		assertThat(get(impatient.fresh(this.grant, AHEAD))).isInstanceOf(Unreachable.class);
	}

	@Test
	void grantsMadeTogetherAreNotAllRenewedTogether() {
		this.upstream.answer((form) -> Mono.never());
		List<Grant> many = Stream.generate(() -> create("refresh")).limit(100).toList();
		age(AHEAD.plusSeconds(30));
		many.forEach(this::fresh);
		await().until(() -> this.upstream.requests() > 10);
		assertThat(this.upstream.requests()).isLessThan(90);
	}

	private Grant create(@Nullable String refreshToken) {
		return get(this.grants.create(
				TestGrants.grant(UUID.randomUUID().toString(), tokens("first", refreshToken), this.upstream.url())));
	}

	private UpstreamTokens tokens(String accessToken, @Nullable String refreshToken) {
		return TestGrants.tokens(accessToken, refreshToken, this.clock.instant(), LIFETIME);
	}

	/** Puts the clock to where the grant has this much left. */
	private void age(Duration left) {
		Instant end = Instant.parse("2026-08-22T12:00:00Z").plus(LIFETIME);
		Duration step = Duration.between(this.clock.instant(), end.minus(left));
		if (!step.isNegative()) {
			this.clock.advance(step);
		}
	}

	private List<RefreshOutcome> atOnce(int callers) {
		return get(Flux.range(0, callers)
			.flatMap((caller) -> this.keeper.fresh(this.grant, AHEAD).subscribeOn(Schedulers.boundedElastic()), callers)
			.collectList());
	}

	private RefreshOutcome fresh(Grant grant) {
		return this.replica.fresh(grant);
	}

	private RefreshOutcome renewed(Grant grant) {
		return this.replica.renewed(grant);
	}

	private Grant stored() {
		return get(this.grants.find(this.grant.id()));
	}

}
