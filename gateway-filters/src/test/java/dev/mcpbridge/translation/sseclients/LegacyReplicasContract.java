package dev.mcpbridge.translation.sseclients;

import java.time.Duration;

import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.testing.TestGateway;
import dev.mcpbridge.translation.TranslationListener.End;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client whose messages reach another replica than its stream.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LegacyReplicasContract {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String REQUEST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}";

	private final StreamableScript upstream = new StreamableScript();

	private LegacyFront holding;

	private LegacyFront posting;

	private TestGateway holder;

	private TestGateway poster;

	/** The relay as one replica sees it. */
	abstract Relay relay();

	@BeforeAll
	void start() {
		this.holding = new LegacyFront(relay());
		this.posting = new LegacyFront(relay());
		this.holder = this.holding.alone(this.upstream.url()).start();
		this.poster = this.posting.alone(this.upstream.url()).start();
	}

	@AfterAll
	void stop() {
		this.holder.close();
		this.poster.close();
		this.holding.close();
		this.posting.close();
		this.upstream.close();
	}

	@Test
	void aSessionIsServedWhicheverReplicaAMessageReaches() {
		this.upstream.reset();
		this.upstream.get = (asked, response) -> StreamableScript.events(response, Flux.never());
		LegacyClient client = LegacyClient.open(this.holder.url(), "any");
		assertThat(client.postAt(this.poster.url(), LegacyClient.INITIALIZE).statusCode()).isEqualTo(202);
		assertThat(client.next().path("id").asInt()).isEqualTo(1);
		client.postAt(this.poster.url(), LegacyClient.INITIALIZED);
		await().atMost(PATIENCE).until(() -> this.upstream.asked("GET").size(), (count) -> count == 1);
		for (TestGateway replica : new TestGateway[] { this.poster, this.holder }) {
			assertThat(client.postAt(replica.url(), REQUEST).statusCode()).isEqualTo(202);
			assertThat(client.next().path("id").asInt()).isEqualTo(2);
		}
		this.upstream.post = (asked, response) -> StreamableScript.events(response, Flux.never());
		assertThat(client.postAt(this.poster.url(), REQUEST).statusCode()).isEqualTo(202);
		assertThat(this.upstream.open).hasValue(2);
		client.close();
		await().atMost(PATIENCE).until(this.upstream.open::get, (open) -> open == 0);
		await().atMost(PATIENCE).until(() -> this.upstream.asked("DELETE").size(), (count) -> count == 1);
		this.posting.awaitNothing();
		this.holding.awaitNothing();
		assertThat(client.postAt(this.poster.url(), REQUEST).statusCode()).isEqualTo(404);
	}

	@Test
	void aSessionTheUpstreamHasForgottenEndsEverywhere() {
		this.upstream.reset();
		LegacyClient client = LegacyClient.open(this.holder.url(), "any");
		client.initialize();
		this.upstream.post = (asked, response) -> response.status(404).send();
		assertThat(client.postAt(this.poster.url(), REQUEST).statusCode()).isEqualTo(404);
		client.awaitEnd();
		this.holding.awaitEnd(End.UPSTREAM_ENDED);
		this.holding.awaitNothing();
	}

}
