package dev.mcpbridge.store;

import java.net.URI;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import com.nimbusds.jwt.SignedJWT;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What we did not write, under our own names: never our failure, and nobody else's loss.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnknownValuesServerTests {

	static final Duration PATIENCE = Duration.ofSeconds(10);

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final LocalRedis redis = LocalRedis.start();

	static final MeterRegistry meters = new SimpleMeterRegistry();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.clock(atlassian.clock())
		.bean(MeterRegistry.class, meters)
		.property("mcp.bridge.store", "redis")
		.property("spring.data.redis.port", Integer.toString(redis.port()))
		.property("mcp.bridge.token.wrap", "reference")
		.property("mcp.bridge.upstream.registration", "per-client")
		.start();

	/** Written by nobody, by an older version, by something that looks sealed. */
	static final List<Consumer<String>> GARBAGE = List.of((key) -> set(key, ""), (key) -> set(key, "garbage"),
			(key) -> set(key, "1 garbage"), (key) -> set(key, "1 {\"id\":\"plain\"}"), (key) -> set(key, "1 a.b.c.d.e"),
			(key) -> set(key, "1 " + "x".repeat(100_000)), UnknownValuesServerTests::list);

	private final TestClient client = TestClient.register(gateway.url());

	@AfterAll
	static void stop() {
		gateway.close();
		redis.close();
		atlassian.close();
	}

	@BeforeEach
	void forgetEverybody() {
		redis.redis().delete(redis.redis().keys("mcp-bridge:*")).block(PATIENCE);
	}

	@Test
	void aGrantThatIsNoneIsBroughtBackByWhoeverSawIt(CapturedOutput output) {
		for (Consumer<String> garbage : GARBAGE) {
			TestClient.Tokens neighbour = TestClient.register(gateway.url()).signIn();
			List<String> before = names("grant");
			TestClient.Tokens tokens = this.client.signIn();
			names("grant").stream().filter((name) -> !before.contains(name)).forEach(garbage);
			assertThat(this.client.initialize(tokens.accessToken()).statusCode()).isEqualTo(200);
			assertThat(this.client.refresh(tokens.refreshToken()).statusCode()).isEqualTo(200);
			assertThat(this.client.initialize(neighbour.accessToken()).statusCode()).isEqualTo(200);
			assertThat(this.client.initialize(this.client.signIn().accessToken()).statusCode()).isEqualTo(200);
			forgetEverybody();
		}
		assertThat(output).contains("stored value unreadable kind=grant reason=unknown",
				"stored value unreadable kind=grant reason=foreign");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 2, 6 })
	void whatIsNoneIsCountedOnceForEachTimeItIsRead(int garbage) {
		String code = TestClient.codeOf(this.client.approve(this.client.consent()));
		names("code").forEach(GARBAGE.get(garbage));
		double before = unreadable("code");
		this.client.redeem(code);
		assertThat(unreadable("code")).isEqualTo(before + 1);
	}

	@Test
	void aCodeThatIsNoneIsAnInvalidGrant(CapturedOutput output) {
		for (Consumer<String> garbage : GARBAGE) {
			String code = TestClient.codeOf(this.client.approve(this.client.consent()));
			names("code").forEach(garbage);
			HttpResponse<String> answer = this.client.redeem(code);
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
			assertThat(answer.body()).contains("invalid_grant");
			forgetEverybody();
		}
		assertThat(output).contains("kind=code");
	}

	@Test
	void anUpstreamClientThatIsNoneIsRegisteredAgain(CapturedOutput output) {
		for (Consumer<String> garbage : GARBAGE) {
			this.client.signIn();
			assertThat(names("upstream-client")).hasSize(1).allSatisfy(garbage::accept);
			assertThat(this.client.initialize(this.client.signIn().accessToken()).statusCode()).isEqualTo(200);
			forgetEverybody();
		}
		assertThat(output).contains("kind=upstream-client");
	}

	@Test
	void aLoginThatWasNeverBegunIsNoFailure() {
		for (Consumer<String> garbage : GARBAGE) {
			TestClient person = TestClient.register(gateway.url());
			URI upstreamPage = person.consent();
			person.browser()
				.cookies()
				.getCookieStore()
				.getCookies()
				.stream()
				.map((cookie) -> cookie.getName().replaceFirst("^.*login-", ""))
				.forEach((id) -> garbage.accept("mcp-bridge:{%s}:login".formatted(id)));
			HttpResponse<String> answer = person.browser().get(person.returnFrom(upstreamPage, "allow"));
			assertThat(answer.statusCode()).isIn(303, 400);
			assertThat(person.signIn().accessToken()).isNotEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "family", "refresh", "grant:lease", "grant:fence" })
	void aFamilyAJournalOrALeaseThatIsNoneIsNoFailure(String kind) {
		for (Consumer<String> garbage : GARBAGE) {
			TestClient.Tokens tokens = this.client.signIn();
			TestClient.Tokens neighbour = this.client.signIn();
			String grant = grantOf(tokens);
			garbage.accept("mcp-bridge:{%s}:%s".formatted(grant, kind));
			atlassian.clock().advance(Duration.ofSeconds(3290));
			assertThat(this.client.refresh(tokens.refreshToken()).statusCode()).isIn(200, 400);
			assertThat(this.client.refresh(neighbour.refreshToken()).statusCode()).isEqualTo(200);
			forgetEverybody();
		}
	}

	private static double unreadable(String kind) {
		return meters.get("mcp.bridge.unreadable").tag("kind", kind).counter().count();
	}

	private static String grantOf(TestClient.Tokens tokens) {
		try {
			return SignedJWT.parse(tokens.accessToken()).getJWTClaimsSet().getStringClaim("gid");
		}
		catch (ParseException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> names(String kind) {
		return redis.redis().keys("mcp-bridge:{*}:" + kind).collectList().blockOptional(PATIENCE).orElseThrow();
	}

	private static void set(String name, String text) {
		ReactiveStringRedisTemplate template = redis.redis();
		template.delete(name).then(template.opsForValue().set(name, text)).block(PATIENCE);
	}

	private static void list(String name) {
		ReactiveStringRedisTemplate template = redis.redis();
		template.delete(name).then(template.opsForList().rightPush(name, "garbage")).block(PATIENCE);
	}

}
