package dev.mcpbridge.simulator;

import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.springframework.http.codec.ServerSentEvent;
import reactor.core.Disposable;
import tools.jackson.databind.JsonNode;

import dev.mcpbridge.simulator.SimulatorClient.Tokens;
import dev.mcpbridge.simulator.wire.Json;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An open stream whose first event was read.
 */
final class LegacyStream {

	private final SimulatorClient client;

	private final Tokens owner;

	private final BlockingQueue<ServerSentEvent<String>> events = new LinkedBlockingQueue<>();

	private final Disposable subscription;

	private final ServerSentEvent<String> first;

	LegacyStream(SimulatorClient client, Tokens owner) throws InterruptedException {
		this.client = client;
		this.owner = owner;
		this.subscription = client.events("/v1/sse", owner).onErrorComplete().subscribe(this.events::add);
		this.first = next();
	}

	JsonNode answer() throws InterruptedException {
		return Json.parse(String.valueOf(next().data())).orElseThrow();
	}

	HttpResponse<String> post(Tokens bearer, String body) {
		return this.client.post(String.valueOf(this.first.data()), body, "authorization", "Bearer " + bearer.access());
	}

	void leave() {
		this.subscription.dispose();
	}

	boolean isSilent() {
		return this.events.isEmpty();
	}

	Tokens owner() {
		return this.owner;
	}

	ServerSentEvent<String> first() {
		return this.first;
	}

	boolean hasEnded() {
		return this.subscription.isDisposed();
	}

	ServerSentEvent<String> next() throws InterruptedException {
		ServerSentEvent<String> event = this.events.poll(5, TimeUnit.SECONDS);
		assertThat(event).isNotNull();
		return event;
	}

}
