package dev.mcpbridge.authorization;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.TestGrants;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.Keys;
import dev.mcpbridge.secret.SealedBox;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.TokenEndpointAuth;
import dev.mcpbridge.upstream.UpstreamClient;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a refresh token costs on the wire.
 */
class RefreshTokensTests {

	static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

	static final KeyRing ring = Keys.ring(Keys.rsa("sign"), Keys.symmetric("seal"));

	final RefreshTokens refreshTokens = new RefreshTokens(() -> ring, Duration.ofDays(90), true,
			InstantSource.fixed(START));

	@ParameterizedTest
	@CsvSource({ "74, 3000", "2048, 11000" })
	void aCopyOfTheGrantIsAffordable(int upstreamToken, int most) {
		String token = this.refreshTokens.make(grant(upstreamToken), 1).reveal();
		assertThat(token).hasSizeLessThan(most);
		assertThat(this.refreshTokens.open(token))
			.hasValueSatisfying((opened) -> assertThat(opened.copy()).isNotNull());
	}

	@ParameterizedTest
	@ValueSource(ints = { 2048, 8192, 12_000, 16_000 })
	void howeverLargeTheUpstreamTokensAreTheAnswerCanBeGivenAgain(int upstreamToken) {
		Grant grant = grant(upstreamToken);
		Secret refreshToken = this.refreshTokens.make(grant, 7);
		assertThat(this.refreshTokens.open(refreshToken.reveal())).isPresent();
		assertThat(refreshToken.reveal()).hasSizeLessThan(RequestBody.MAX_BYTES / 2);
		Secret bridgeToken = Secret.of("x".repeat(upstreamToken * 16 / 9 + 2000));
		TokenResponse answer = new TokenResponse(bridgeToken, START.getEpochSecond(), START.getEpochSecond() + 3240,
				refreshToken, "read");
		SealedBox<TokenFamily> box = new SealedBox<>(() -> ring, "refresh-family", TokenFamily.class);
		assertThat(box.open(box.seal(TokenFamily.begun(answer)))).isPresent();
	}

	private static Grant grant(int size) {
		UpstreamClient client = new UpstreamClient("upstream-client", Secret.of("s".repeat(64)), TokenEndpointAuth.POST,
				"https://auth.atlassian.com", URI.create("https://auth.atlassian.com/oauth/token"), null, START, null);
		UpstreamTokens tokens = TestGrants.tokens("a".repeat(size), "r".repeat(size), START, Duration.ofSeconds(3300));
		return new Grant("grant-id", "subject", "c".repeat(400), "read", "https://gw.example.com/mcp", START, client,
				tokens, Secret.of("p".repeat(size)), 2);
	}

}
