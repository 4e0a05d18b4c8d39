package dev.mcpbridge.translation.sseclients;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.testing.TestGateway;
import dev.mcpbridge.translation.TranslationListener.End;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

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
	void ofTwoSessionsBegunForOneClientOneIsEnded() {
		this.upstream.reset();
		AtomicInteger sessions = new AtomicInteger();
		Sinks.Empty<Void> go = Sinks.empty();
		this.upstream.beforeBeginning = go.asMono();
		this.upstream.initialize = (asked, response) -> StreamableScript.json(
				response.header("Mcp-Session-Id", "session-" + sessions.incrementAndGet()), 200,
				"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-06-18\"}}");
		LegacyClient client = LegacyClient.open(this.holder.url(), "any");
		List<CompletableFuture<Integer>> posts = Stream.of(this.poster, this.holder)
			.map((replica) -> CompletableFuture.supplyAsync(() -> client.postAt(replica.url(), REQUEST).statusCode()))
			.toList();
		await().atMost(PATIENCE).until(this.upstream.open::get, (open) -> open == 2);
		go.tryEmitEmpty().orThrow();
		assertThat(posts).allSatisfy((post) -> assertThat(post.join()).isEqualTo(202));
		await().atMost(PATIENCE).until(() -> this.upstream.asked("DELETE").size(), (count) -> count == 1);
		String ended = this.upstream.asked("DELETE").get(0).header("Mcp-Session-Id");
		for (TestGateway replica : new TestGateway[] { this.poster, this.holder }) {
			assertThat(client.postAt(replica.url(), REQUEST).statusCode()).isEqualTo(202);
			assertThat(this.upstream.asked("POST")).last()
				.satisfies((asked) -> assertThat(asked.header("Mcp-Session-Id")).isNotEqualTo(ended));
		}
		assertThat(sessions).hasValue(2);
		client.close();
		this.posting.awaitNothing();
		this.holding.awaitNothing();
		assertThat(this.upstream.asked("DELETE")).hasSize(2);
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
