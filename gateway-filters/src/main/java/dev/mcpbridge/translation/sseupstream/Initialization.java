package dev.mcpbridge.translation.sseupstream;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.mcpbridge.message.JsonRpcBody;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Hands out a session when the upstream has agreed to one.
 */
final class Initialization {

	private final ServerHttpResponse response;

	private final HeldSession held;

	private final SessionNote note;

	private boolean agreed;

	Initialization(ServerHttpResponse response, HeldSession held, SessionNote note) {
		this.response = response;
		this.held = held;
		this.note = note;
	}

	/**
	 * Learns from what happens; events that begin before the answer have the session id
	 * already.
	 */
	Mono<Step> learn(Step step) {
		if (step.kind() != Step.Kind.ANSWER) {
			handOut();
			return Mono.just(step);
		}
		Optional<String> version = JsonRpcBody.of(step.content().getBytes(StandardCharsets.UTF_8))
			.messages()
			.get(0)
			.protocolVersion();
		return version.map((agreed) -> agreed(agreed).thenReturn(step)).orElse(Mono.just(step));
	}

	/** The client has the answer. */
	void answered() {
		if (this.agreed) {
			this.held.keep();
		}
	}

	private Mono<Void> agreed(String version) {
		return this.held.channel().note(this.note.speaking(version)).then(Mono.fromRunnable(() -> {
			this.agreed = true;
			this.held.agree();
			handOut();
		}));
	}

	private void handOut() {
		if (!this.response.isCommitted()) {
			this.response.getHeaders().set(SessionHeaders.SESSION, this.held.channel().session());
		}
	}

}
