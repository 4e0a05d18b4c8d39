package dev.mcpbridge.simulator;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import dev.mcpbridge.simulator.SimulatorClient.Tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AtlassianSimulatorFaultsServerTests {

	private static final String PING = SimulatorClient.message("ping", "{}");

	private final AtlassianSimulator atlassian = AtlassianSimulator.builder().autoApprove(true).start();

	private final SimulatorClient client = new SimulatorClient(this.atlassian);

	private final Tokens tokens = this.client.signIn();

	@AfterEach
	void close() {
		this.atlassian.close();
	}

	@Test
	void faultsQueueUpAndEnd() {
		this.atlassian.faults().next(2, Endpoint.TOKEN, Fault.status(503));
		this.atlassian.faults().next(1, Endpoint.TOKEN, Fault.tooManyRequests(Duration.ofSeconds(7)));
		assertThat(refresh().statusCode()).isEqualTo(503);
		assertThat(refresh().statusCode()).isEqualTo(503);
		HttpResponse<String> limited = refresh();
		assertThat(limited.statusCode()).isEqualTo(429);
		assertThat(limited.headers().firstValue("retry-after")).hasValue("7");
		assertThat(this.atlassian.refreshes()).isZero();
		assertThat(refresh().statusCode()).isEqualTo(200);
	}

	@Test
	void standingFaultsLastUntilCleared() {
		this.atlassian.faults().always(Endpoint.DISCOVERY, Fault.html(200));
		for (int i = 0; i < 3; i++) {
			assertThat(discovery().body()).startsWith("<!DOCTYPE html>");
		}
		this.atlassian.faults().clear();
		assertThat(discovery().body()).startsWith("{");
	}

	@Test
	void eachEndpointFailsAlone() {
		this.atlassian.faults().always(Endpoint.REGISTER, Fault.html(502));
		this.atlassian.faults().always(Endpoint.AUTHORIZE, Fault.status(500));
		this.atlassian.faults().always(Endpoint.MCP, Fault.status(504));
		assertThat(this.client.post("/v1/register", "{}").statusCode()).isEqualTo(502);
		assertThat(this.client.authorize(this.tokens.clientId()).statusCode()).isEqualTo(500);
		assertThat(this.client.mcp(this.tokens, null, PING).statusCode()).isEqualTo(504);
		assertThat(discovery().statusCode()).isEqualTo(200);
		assertThat(refresh().statusCode()).isEqualTo(200);
	}

	@Test
	void aClientCanBecomeUnknown() {
		this.atlassian.faults().next(1, Endpoint.TOKEN, Fault.invalidClient());
		HttpResponse<String> response = refresh();
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(SimulatorClient.json(response).path("error").asString()).isEqualTo("invalid_client");
	}

	@Test
	void aDelayedAnswerIsGenuine() {
		this.atlassian.faults().next(1, Endpoint.TOKEN, Fault.delay(Duration.ofMillis(200)));
		long start = System.nanoTime();
		assertThat(refresh().statusCode()).isEqualTo(200);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
	}

	@Test
	void aCutAnswerTookEffect() {
		this.atlassian.faults().next(1, Endpoint.TOKEN, Fault.cut());
		assertThatThrownBy(this::refresh).isInstanceOf(UncheckedIOException.class);
		assertThat(this.atlassian.refreshes()).isOne();
	}

	@Test
	void aCutStreamEndsAfterItsFirstEvent() {
		this.atlassian.faults().next(1, Endpoint.MCP, Fault.cut());
		StepVerifier.create(this.client.events("/v1/sse", this.tokens))
			.assertNext((event) -> assertThat(event.event()).isEqualTo("endpoint"))
			.expectError()
			.verify(Duration.ofSeconds(5));
		assertThat(this.atlassian.openStreams()).isZero();
	}

	@Test
	void anAnswerLostAfterRotationCanBeRetriedWithTheOldToken() {
		this.atlassian.faults().next(1, Endpoint.TOKEN, Fault.loseAnswer());
		assertThatThrownBy(this::refresh).isInstanceOf(UncheckedIOException.class);
		assertThat(this.atlassian.refreshes()).isOne();
		assertThat(this.atlassian.issuedTokens()).hasSize(4);
		assertThat(refresh().statusCode()).isEqualTo(200);
	}

	@Test
	void aHangingEndpointNeverAnswersAndDoesNothing() {
		this.atlassian.faults().next(1, Endpoint.TOKEN, Fault.hang());
		CompletableFuture<HttpResponse<String>> answer = this.client
			.sendAsync(this.client.request("/v1/token", "content-type", "application/x-www-form-urlencoded")
				.timeout(Duration.ofMillis(300))
				.POST(BodyPublishers.ofString(SimulatorClient.form(Map.of("grant_type", "refresh_token",
						"refresh_token", this.tokens.refresh(), "client_id", this.tokens.clientId())))));
		assertThatThrownBy(answer::join).hasCauseInstanceOf(HttpTimeoutException.class);
		assertThat(this.atlassian.refreshes()).isZero();
	}

	@Test
	void accessTokensCanBeEndedTogetherOrOneByOne() {
		Tokens other = this.client.signIn();
		this.atlassian.expireAccessToken(this.tokens.access());
		assertThat(status(this.tokens)).isEqualTo(401);
		assertThat(status(other)).isEqualTo(400);
		this.atlassian.expireAllAccessTokens();
		assertThat(status(other)).isEqualTo(401);
		assertThat(status(this.client.refreshed(other))).isEqualTo(400);
	}

	@Test
	void freshTokensCanBeRefusedAtFirst() {
		this.atlassian.refuseFreshTokens(2);
		Tokens fresh = this.client.refreshed(this.tokens);
		assertThat(status(fresh)).isEqualTo(401);
		assertThat(status(fresh)).isEqualTo(401);
		assertThat(status(fresh)).isEqualTo(400);
		assertThat(status(this.tokens)).isEqualTo(400);
	}

	private HttpResponse<String> refresh() {
		return this.client.refresh(this.tokens.refresh(), this.tokens.clientId());
	}

	private HttpResponse<String> discovery() {
		return this.client.get("/.well-known/oauth-authorization-server");
	}

	/** 400 is what a valid token gets without a session. */
	private int status(Tokens bearer) {
		return this.client.mcp(bearer, null, PING).statusCode();
	}

}
