package dev.mcpbridge.translation.sseupstream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

import static org.awaitility.Awaitility.await;

/**
 * An upstream that speaks HTTP+SSE, the translating gateway and a streamable client, one
 * of each for a class of tests.
 */
abstract class SseUpstreamStage {

	static LegacyUpstream upstream;

	static StreamableFront front;

	static StreamableClient client;

	@BeforeAll
	static void start() {
		upstream = new LegacyUpstream();
		front = new StreamableFront(upstream.url());
		client = front.client();
	}

	@AfterAll
	static void stop() {
		front.close();
		upstream.close();
	}

	/** No test leaves a stream open at the upstream. */
	@AfterEach
	void forget() {
		upstream.dismiss();
		await().until(() -> upstream.openStreams() == 0 && front.flights() == 0);
		upstream.reset();
		front.heard().forget();
	}

}
