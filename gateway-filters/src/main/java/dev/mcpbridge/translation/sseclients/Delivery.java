package dev.mcpbridge.translation.sseclients;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.mcpbridge.message.JsonRpcBody;
import dev.mcpbridge.message.JsonRpcException;
import dev.mcpbridge.message.JsonRpcMessage;
import dev.mcpbridge.translation.Event;
import dev.mcpbridge.translation.TranslationListener;
import dev.mcpbridge.translation.TranslationListener.Flow;
import dev.mcpbridge.translation.TranslationListener.Refused;
import dev.mcpbridge.translation.Transport;
import reactor.core.publisher.Mono;

/**
 * Leaves the upstream's messages for the client; what is no message is dropped and
 * counted.
 *
 * @param channel the client's channel
 * @param listener hears of each message
 */
record Delivery(ClientChannel channel, TranslationListener listener) {

	/**
	 * Tells what a text holds.
	 * @param text what the upstream sent
	 * @return the messages, none if it is malformed
	 */
	List<JsonRpcMessage> messages(String text) {
		try {
			return JsonRpcBody.of(text.getBytes(StandardCharsets.UTF_8)).messages();
		}
		catch (JsonRpcException ex) {
			this.listener.refused(Transport.STREAMABLE, Refused.MALFORMED);
			return List.of();
		}
	}

	/**
	 * Leaves a text that holds messages.
	 * @param text what the upstream sent
	 * @return whether the client is still there; an {@link IllegalArgumentException} if
	 * the text is too large
	 */
	Mono<Boolean> leave(String text) {
		return this.channel.leave(text)
			.doOnNext((there) -> this.listener.translated(Transport.STREAMABLE, Flow.TO_CLIENT))
			.doOnError(IllegalArgumentException.class,
					(large) -> this.listener.refused(Transport.STREAMABLE, Refused.TOO_LARGE));
	}

	/** Takes an event that answers nothing in particular. */
	Mono<Boolean> take(Event event) {
		return (event.isMessage() && !messages(event.data()).isEmpty())
				? leave(event.data()).onErrorReturn(IllegalArgumentException.class, true) : Mono.just(true);
	}

}
