package dev.mcpbridge.grant;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.Keys;
import dev.mcpbridge.secret.MissingKeyException;
import dev.mcpbridge.simulator.SettableClock;
import dev.mcpbridge.store.MemoryStore;
import dev.mcpbridge.store.StoredValue;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Grants in a store.
 */
class GrantsTests {

	static final RSAKey rsa = Keys.rsa("rsa");

	static final OctetSequenceKey oct = Keys.symmetric("oct");

	static final KeyRing ring = Keys.ring(rsa, oct);

	static final Duration PATIENCE = Duration.ofSeconds(10);

	final SettableClock clock = SettableClock.standingAt(Instant.parse("2026-08-22T12:00:00Z"));

	final MemoryStore store = new MemoryStore(this.clock, 100);

	final AtomicReference<KeyRing> keys = new AtomicReference<>(ring);

	final Grants grants = grants();

	final Grant first = TestGrants.grant("id", tokens("first"));

	@Test
	void whatIsCreatedIsFoundWhole() {
		assertThat(get(this.grants.create(this.first))).isEqualTo(this.first);
		assertThat(get(this.grants.find("id"))).isEqualTo(this.first);
	}

	@Test
	void anIdIsGivenOnce() {
		get(this.grants.create(this.first));
		StepVerifier.create(this.grants.create(this.first)).expectError(IllegalStateException.class).verify(PATIENCE);
	}

	@Test
	void theStoreSeesNoToken() {
		get(this.grants.create(this.first));
		StoredValue stored = get(this.store.find("grant:id"));
		assertThat(stored.value()).doesNotContain("first", "subject", "upstream-secret");
	}

	@Test
	void aRotationIsTheNextGeneration() {
		get(this.grants.create(this.first));
		Grant second = get(this.grants.rotate(this.first, tokens("second")));
		assertThat(second.generation()).isEqualTo(2);
		assertThat(get(this.grants.find("id"))).isEqualTo(second);
	}

	@Test
	void ofTwoRotationsOfOneGenerationTheFirstStands() {
		get(this.grants.create(this.first));
		Grant winner = get(this.grants.rotate(this.first, tokens("winner")));
		assertThat(this.grants.rotate(this.first, tokens("loser")).blockOptional(PATIENCE)).isEmpty();
		assertThat(get(this.grants.find("id"))).isEqualTo(winner);
	}

	@Test
	void anEndedGrantStaysAsAMarkWithoutTokens() {
		get(this.grants.create(this.first));
		get(this.grants.end(this.first));
		Grant mark = get(this.grants.find("id"));
		assertThat(mark.hasEnded()).isTrue();
		assertThat(mark.tokens()).isNull();
		assertThat(mark.generation()).isEqualTo(2);
	}

	@Test
	void endingAGenerationSparesARotationThatCameFirst() {
		get(this.grants.create(this.first));
		Grant second = get(this.grants.rotate(this.first, tokens("second")));
		assertThat(this.grants.end(this.first).blockOptional(PATIENCE)).isEmpty();
		assertThat(get(this.grants.find("id"))).isEqualTo(second);
		assertThat(get(this.grants.end(second)).hasEnded()).isTrue();
	}

	@Test
	void whatIsNoGrantIsNotThere() {
		for (String garbage : new String[] { "", "garbage", "a.b.c.d.e", "x".repeat(70_000) }) {
			this.store.put("grant:id", garbage, PATIENCE).block(PATIENCE);
			assertThat(this.grants.find("id").blockOptional(PATIENCE)).isEmpty();
		}
	}

	@Test
	void aGrantSealedByAMissingKeyIsNotLost() {
		get(this.grants.create(this.first));
		this.keys.set(Keys.ring(Keys.rsa("other")));
		StepVerifier.create(grants().find("id")).expectError(MissingKeyException.class).verify(PATIENCE);
		this.keys.set(ring);
		assertThat(get(this.grants.find("id"))).isEqualTo(this.first);
	}

	@Test
	void readingSealsAGrantAgainByTheNewestKey() {
		get(this.grants.create(this.first));
		OctetSequenceKey newest = Keys.symmetric("newest");
		this.keys.set(Keys.ring(rsa, newest, oct));
		assertThat(get(this.grants.find("id"))).isEqualTo(this.first);
		assertThat(get(this.store.find("grant:id")).generation()).isEqualTo(1);
		this.keys.set(Keys.ring(rsa, newest));
		assertThat(get(this.grants.find("id"))).isEqualTo(this.first);
		assertThat(get(this.grants.rotate(this.first, tokens("second"))).generation()).isEqualTo(2);
	}

	@Test
	void printsNeitherPersonNorToken() {
		assertThat(this.first).hasToString("Grant[generation=1, ended=false]");
	}

	@Test
	void whatTheStoreLostItGetsBackFromWhoeverSawIt() {
		get(this.grants.create(this.first));
		Grant second = get(this.grants.rotate(this.first, tokens("second")));
		get(this.store.take("grant:id"));
		assertThat(get(grants().find("id").hasElement())).as("who never saw it").isFalse();
		assertThat(get(this.grants.find("id"))).isEqualTo(second);
		assertThat(get(grants().find("id"))).isEqualTo(second);
		assertThat(get(this.store.find("grant:id")).generation()).isEqualTo(2);
	}

	@Test
	void aStoreThatFellBackGetsTheNewestGeneration() {
		get(this.grants.create(this.first));
		StoredValue older = get(this.store.find("grant:id"));
		Grant second = get(this.grants.rotate(this.first, tokens("second")));
		this.store.put("grant:id", older.value(), Duration.ofDays(1)).block(PATIENCE);
		get(this.store.replace("grant:id", 3, older, Duration.ofDays(1)));
		assertThat(get(this.grants.find("id"))).isEqualTo(second);
		assertThat(get(grants().find("id"))).isEqualTo(second);
	}

	@Test
	void anEndIsNotForgottenWithTheStore() {
		get(this.grants.create(this.first));
		get(this.grants.end(get(this.grants.find("id"))));
		get(this.store.take("grant:id"));
		assertThat(get(this.grants.find("id")).hasEnded()).isTrue();
		assertThat(get(grants().find("id")).hasEnded()).isTrue();
	}

	@Test
	void aCopyFromOutsideIsTakenOnlyIfTheStoreHasNothing() {
		get(this.grants.create(this.first));
		Grant second = get(this.grants.rotate(this.first, tokens("second")));
		assertThat(get(grants().bringBack(this.first))).isEqualTo(second);
		get(this.store.take("grant:id"));
		assertThat(get(grants().bringBack(this.first))).isEqualTo(this.first);
	}

	@Test
	void aCopyFromOutsideIsTakenOverWhatIsNoGrant() {
		get(this.grants.create(this.first));
		this.store.put("grant:id", "garbage", PATIENCE).block(PATIENCE);
		assertThat(get(grants().bringBack(this.first))).isEqualTo(this.first);
		assertThat(get(grants().find("id"))).isEqualTo(this.first);
	}

	@Test
	void anEndIsNotUndoneByWhoeverSawALaterGeneration() {
		get(this.grants.create(this.first));
		StoredValue older = get(this.store.find("grant:id"));
		Grant second = get(this.grants.rotate(this.first, tokens("second")));
		get(this.grants.rotate(second, tokens("third")));
		get(this.store.replace("grant:id", 3, older, Duration.ofDays(1)));
		get(grants().end(get(grants().find("id"))));
		assertThat(get(this.grants.find("id")).hasEnded()).isTrue();
		assertThat(get(grants().find("id")).hasEnded()).isTrue();
		assertThat(this.grants.lastSeen("id")).hasValueSatisfying((seen) -> assertThat(seen.hasEnded()).isTrue());
	}

	@Test
	void whatWasSeenIsAtHandWhenTheStoreIsNot() {
		assertThat(this.grants.lastSeen("id")).isEmpty();
		get(this.grants.create(this.first));
		assertThat(this.grants.lastSeen("id")).contains(this.first);
		assertThat(grants().lastSeen("id")).isEmpty();
	}

	@Test
	void aGrantIsNearForAMomentAfterItWasSeen() {
		Grants here = grants(Duration.ofSeconds(1));
		assertThat(here.near("id")).isEmpty();
		get(here.create(this.first));
		assertThat(here.near("id")).contains(this.first);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(here.near("id")).isEmpty();
		get(here.find("id"));
		assertThat(here.near("id")).contains(this.first);
	}

	@Test
	void anEndIsSeenHereAtOnceAndElsewhereAfterThatMoment() {
		Grants here = grants(Duration.ofSeconds(1));
		Grants there = grants(Duration.ofSeconds(1));
		get(here.create(this.first));
		get(there.find("id"));
		get(here.end(this.first));
		assertThat(here.near("id")).hasValueSatisfying((near) -> assertThat(near.hasEnded()).isTrue());
		assertThat(there.near("id")).contains(this.first);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(there.near("id")).isEmpty();
		assertThat(get(there.find("id")).hasEnded()).isTrue();
	}

	@Test
	void nothingIsNearWhereTheStoreIsAlwaysAsked() {
		get(this.grants.create(this.first));
		assertThat(this.grants.near("id")).isEmpty();
	}

	private Grants grants() {
		return grants(Duration.ZERO);
	}

	private Grants grants(Duration near) {
		return new Grants(this.store, this.keys::get, Duration.ofDays(90), GrantListener.NONE, this.clock, near);
	}

	private UpstreamTokens tokens(String name) {
		return TestGrants.tokens(name, name + "-refresh", this.clock.instant(), Duration.ofSeconds(3300));
	}

	private static <T> T get(Mono<T> mono) {
		return mono.blockOptional(PATIENCE).orElseThrow();
	}

}
