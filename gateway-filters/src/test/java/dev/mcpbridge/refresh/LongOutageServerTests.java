package dev.mcpbridge.refresh;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.AtlassianSimulatorBuilder;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.simulator.oauth.RotationRule;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A token endpoint that is out of order for minutes: what is valid serves, what is not
 * waits, and all is well by itself when it is back.
 */
class LongOutageServerTests {

	static final Duration MOMENT = Duration.ofSeconds(30);

	/** Each way to fail that has no effect, under each rule of rotation. */
	static Stream<Arguments> failures() {
		return Stream.of(RotationRule.values())
			.flatMap((rule) -> Stream
				.of(Fault.tooManyRequests(Duration.ofSeconds(20)), Fault.status(503), Fault.html(200), Fault.hang())
				.map((fault) -> Arguments.of(rule, fault)));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void whatIsValidServesAndTheRestComesBack(RotationRule rule, Fault fault) {
		try (Outage outage = new Outage(rule)) {
			outage.atlassian.faults().always(Endpoint.TOKEN, fault);
			outage.advance(Duration.ofMinutes(51));
			for (int step = 0; step < 6; step++) {
				assertThat(outage.call().statusCode()).as("while the token is valid").isEqualTo(200);
				outage.advance(MOMENT);
			}
			outage.advance(Duration.ofMinutes(1));
			for (int step = 0; step < 3; step++) {
				outage.assertUnavailable();
				outage.advance(MOMENT);
			}
			assertThat(outage.atlassian.refreshes()).isZero();
			outage.atlassian.faults().clear();
			outage.assertRecoversByItself();
			assertThat(outage.atlassian.refreshes()).isEqualTo(1);
		}
	}

	/**
	 * With the grace of {@code workers-oauth-provider}, the token that was sent is good
	 * until its successor is used.
	 */
	@ParameterizedTest
	@EnumSource(Loss.class)
	void anAnswerLostAfterRotationIsAskedForAgain(Loss loss) {
		try (Outage outage = new Outage(RotationRule.GRACE)) {
			outage.atlassian.faults().next(2, Endpoint.TOKEN, loss.fault);
			outage.advance(Duration.ofMinutes(51));
			for (int step = 0; step < 6; step++) {
				assertThat(outage.call().statusCode()).isEqualTo(200);
				outage.advance(MOMENT);
			}
			outage.advance(Duration.ofMinutes(30));
			outage.assertRecoversByItself();
		}
	}

	@Test
	void anAnswerThatComesTooLateIsAskedForAgain() {
		Sinks.Empty<Void> word = Sinks.empty();
		try (Outage outage = new Outage(RotationRule.GRACE)) {
			outage.atlassian.faults().always(Endpoint.TOKEN, Fault.hold(word.asMono()));
			outage.advance(Duration.ofMinutes(52));
			assertThat(outage.call().statusCode()).as("while the token is valid").isEqualTo(200);
			outage.advance(Duration.ofMinutes(5));
			outage.assertUnavailable();
			word.tryEmitEmpty();
			outage.assertRecoversByItself();
		}
	}

	/**
	 * What nobody can give: behind authv2 the lost answer held the only token that renews
	 * the grant. It costs one login, and it is told at once rather than tried for ever.
	 */
	@Test
	void withSingleUseTokensALostAnswerCostsOneLogin() {
		try (Outage outage = new Outage(RotationRule.SINGLE_USE)) {
			outage.atlassian.faults().next(1, Endpoint.TOKEN, Fault.loseAnswer());
			outage.advance(Duration.ofMinutes(56));
			await().until(() -> {
				outage.advance(MOMENT);
				return outage.call().statusCode() != 503;
			});
			HttpResponse<String> refused = outage.call();
			assertThat(refused.statusCode()).isEqualTo(401);
			assertThat(refused.headers().firstValue("www-authenticate")).isPresent();
			assertThat(outage.client.refresh(outage.tokens.refreshToken()).body()).contains("invalid_grant");
			TestClient.Tokens again = outage.client.signIn();
			assertThat(outage.client.initialize(again.accessToken()).statusCode()).isEqualTo(200);
		}
	}

	/** How an answer gets lost after it took effect. */
	enum Loss {

		/** Nothing of it arrives. */
		WHOLLY(Fault.loseAnswer()),

		/** Its first half arrives. */
		HALF(Fault.cut());

		private final Fault fault;

		Loss(Fault fault) {
			this.fault = fault;
		}

	}

	/** One upstream, one gateway, one person who logged in once. */
	private static final class Outage implements AutoCloseable {

		final AtlassianSimulator atlassian;

		final TestGateway gateway;

		final TestClient client;

		final TestClient.Tokens tokens;

		Outage(RotationRule rule) {
			AtlassianSimulatorBuilder upstream = AtlassianSimulator.builder().rotation(rule);
			this.atlassian = upstream.start();
			this.gateway = TestGateway.inFrontOf(this.atlassian.url())
				.clock(this.atlassian.clock())
				.property("mcp.bridge.token.lifetime", "PT8H")
				.property("mcp.bridge.upstream.answer-timeout", "300ms")
				.property("resilience4j.timelimiter.instances.mcp-upstream.timeout-duration", "1s")
				.property("resilience4j.circuitbreaker.instances.mcp-upstream.wait-duration-in-open-state", "1s")
				.start();
			this.client = TestClient.register(this.gateway.url());
			this.tokens = this.client.signIn();
		}

		void advance(Duration time) {
			this.atlassian.clock().advance(time);
		}

		HttpResponse<String> call() {
			return this.client.initialize(this.tokens.accessToken());
		}

		void assertUnavailable() {
			HttpResponse<String> answer = call();
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
			assertThat(answer.headers().firstValue("retry-after")).isPresent();
			assertThat(answer.headers().firstValue("www-authenticate")).isEmpty();
		}

		/**
		 * Whoever comes back when told to gets through, with the login of the morning.
		 */
		void assertRecoversByItself() {
			await().atMost(Duration.ofSeconds(30)).until(() -> {
				advance(MOMENT);
				int status = call().statusCode();
				assertThat(status).as("while it comes back").isIn(200, 503);
				return status == 200;
			});
			TestClient.Tokens renewed = TestClient.tokens(this.client.refresh(this.tokens.refreshToken()));
			assertThat(this.client.initialize(renewed.accessToken()).statusCode()).isEqualTo(200);
			assertThat(this.atlassian.authorizations()).isEqualTo(1);
		}

		@Override
		public void close() {
			this.gateway.close();
			this.atlassian.close();
		}

	}

}
