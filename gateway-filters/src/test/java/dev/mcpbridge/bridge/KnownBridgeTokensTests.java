package dev.mcpbridge.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.simulator.SettableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A good token is opened once, and for how long that is believed.
 */
class KnownBridgeTokensTests {

	static final Duration PATIENCE = Duration.ofSeconds(10);

	final SettableClock clock = SettableClock.standingAt(Instant.parse("2026-11-23T12:00:00Z"));

	final AtomicReference<Object> keys = new AtomicReference<>("first ring");

	final AtomicInteger opened = new AtomicInteger();

	final BridgeTokens slow = (jwt) -> Mono.fromSupplier(() -> {
		this.opened.incrementAndGet();
		return jwt.startsWith("bad") ? null : token(jwt);
	});

	final BridgeTokens tokens = new KnownBridgeTokens(this.slow, this.keys::get, 100, this.clock);

	@Test
	void aTokenIsOpenedOnce() {
		assertThat(this.tokens.known("ours")).isEmpty();
		assertThat(open("ours")).isEqualTo(token("ours"));
		assertThat(open("ours")).isEqualTo(token("ours"));
		assertThat(this.tokens.known("ours")).contains(token("ours"));
		assertThat(this.opened).hasValue(1);
		assertThat(this.tokens.known("others")).isEmpty();
	}

	@Test
	void itIsKnownUntilItsEndAndNotAMomentLonger() {
		open("ours");
		this.clock.advance(Duration.ofMinutes(55).minusMillis(1));
		assertThat(this.tokens.known("ours")).isPresent();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.tokens.known("ours")).isEmpty();
	}

	@Test
	void itIsNotKnownAfterTheKeysHaveChanged() {
		open("ours");
		this.keys.set("second ring");
		assertThat(this.tokens.known("ours")).isEmpty();
		open("ours");
		assertThat(this.opened).hasValue(2);
		assertThat(this.tokens.known("ours")).isPresent();
	}

	@Test
	void oneWithoutAGrantIsKnownForAMinute() {
		open("foreign");
		this.clock.advance(Duration.ofSeconds(59));
		assertThat(this.tokens.known("foreign")).isPresent();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.tokens.known("foreign")).isEmpty();
	}

	@Test
	void whatWasRefusedIsLookedAtAgain() {
		assertThat(open("bad")).isNull();
		assertThat(open("bad")).isNull();
		assertThat(this.opened).hasValue(2);
	}

	@Test
	void aGatewayMayKnowNone() {
		BridgeTokens none = new KnownBridgeTokens(this.slow, this.keys::get, 0, this.clock);
		none.open("ours").block(PATIENCE);
		none.open("ours").block(PATIENCE);
		assertThat(this.opened).hasValue(2);
	}

	private @Nullable BridgeToken open(String jwt) {
		return this.tokens.open(jwt).block(PATIENCE);
	}

	private static BridgeToken token(String jwt) {
		Instant end = Instant.parse("2026-11-23T12:55:00Z");
		return new BridgeToken("subject", "client", jwt.equals("foreign") ? null : "grant", "owner", "", List.of(), end,
				Secret.of("upstream"), end);
	}

}
