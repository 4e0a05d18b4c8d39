package dev.mcpbridge.authorization;

import java.time.Duration;
import java.util.Objects;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.refresh.GrantKeeper;
import dev.mcpbridge.refresh.RefreshOutcome;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.StoredValue;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestClient.Tokens;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.mcpbridge.authorization.FrontDesk.assertError;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever became of the store, no login is lost that need not be.
 */
class StoredFamilyServerTests {

	static final Duration SOON = Duration.ofSeconds(10);

	static final HeardTokens heard = new HeardTokens();

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.bean(HeardTokens.class, heard)
		.start();

	final BridgeStore store = gateway.bean(BridgeStore.class);

	final TestClient client = TestClient.register(gateway.url());

	final Tokens first = this.client.signIn();

	final String grantId = FrontDesk.grantIdOf(this.first.accessToken());

	final String family = "family:" + this.grantId;

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@BeforeEach
	void listen() {
		heard.take();
	}

	@Test
	void aFamilyTheStoreLostGoesOnWithTheTokenThatIsPresented() {
		Tokens third = refresh(refresh(this.first));
		assertThat(this.store.take(this.family).block(SOON)).isNotNull();
		Tokens fourth = refresh(third);
		assertThat(refresh(third).refreshToken()).as("a replay").isEqualTo(fourth.refreshToken());
		assertThat(this.client.refresh(fourth.refreshToken()).statusCode()).isEqualTo(200);
		assertThat(heard.take()).doesNotContain("family revoked");
	}

	@Test
	void whatIsOlderThanALostFamilyIsRefusedAndEndsNothing() {
		Tokens second = refresh(this.first);
		this.store.take(this.family).block(SOON);
		Tokens third = refresh(second);
		assertError(this.client.refresh(this.first.refreshToken()), 400, "invalid_grant");
		assertThat(heard.take()).doesNotContain("family revoked");
		assertThat(this.client.refresh(third.refreshToken()).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "garbage", "a.b.c.d.e", "{}", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AA.AA.AA" })
	void aFamilyNobodyCanReadCostsNothing(String value) {
		overwrite(value);
		Tokens second = refresh(this.first);
		assertThat(heard.take()).containsExactly("issued refresh_token");
		assertThat(refresh(this.first).refreshToken()).isEqualTo(second.refreshToken());
		assertThat(heard.take()).containsExactly("grace", "issued refresh_token");
	}

	@Test
	void aStoreThatWasRolledBackBelievesTheNewerToken() {
		StoredValue old = stored(this.family);
		Tokens third = refresh(refresh(this.first));
		overwrite(old.value());
		Tokens fourth = refresh(third);
		assertThat(refresh(third).refreshToken()).isEqualTo(fourth.refreshToken());
		assertThat(this.client.refresh(fourth.refreshToken()).statusCode()).isEqualTo(200);
		assertThat(heard.take()).doesNotContain("family revoked");
	}

	@Test
	void aCrashAfterTheUpstreamRotatedLeavesTheTokenGood() {
		atlassian.clock().advance(Duration.ofSeconds(3299));
		int before = atlassian.refreshes();
		Grant grant = Objects.requireNonNull(gateway.bean(Grants.class).find(this.grantId).block(SOON));
		assertThat(gateway.bean(GrantKeeper.class).renewed(grant, Duration.ofMinutes(5)).block(SOON))
			.isInstanceOf(RefreshOutcome.Rotated.class);
		Tokens second = refresh(this.first);
		assertThat(this.client.initialize(second.accessToken()).statusCode()).isEqualTo(200);
		assertThat(atlassian.refreshes()).isEqualTo(before + 1);
	}

	@Test
	void whatIsStoredTellsNoToken() {
		Tokens second = refresh(this.first);
		assertThat(stored(this.family).value()).doesNotContain(second.refreshToken(), second.accessToken(),
				this.grantId);
	}

	private Tokens refresh(Tokens tokens) {
		return TestClient.tokens(this.client.refresh(tokens.refreshToken()));
	}

	private StoredValue stored(String key) {
		return Objects.requireNonNull(this.store.find(key).block(SOON));
	}

	private void overwrite(String value) {
		this.store.put(this.family, value, Duration.ofDays(1)).block(SOON);
	}

}
