package dev.mcpbridge.translation.sseupstream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import dev.mcpbridge.translation.Accepted;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Writes to a streamable client, as JSON or as events.
 *
 * @param response the client's response
 * @param session the session, which is in the ids of events
 */
record AnswerWriter(ServerHttpResponse response, String session) {

	/**
	 * Answers a POST: as JSON if the first that happens is the last answer, as events
	 * otherwise.
	 * @param steps what happens
	 * @param begin what is awaited, and since when
	 * @param accepted what the client takes
	 * @param style how it is written
	 * @return when it is written; a failure if nothing was
	 */
	Mono<Void> answer(Flux<Step> steps, Cursor begin, Awaited awaited, Accepted accepted, Style style) {
		return steps.switchOnFirst((first, all) -> {
			Step step = first.get();
			if (step == null) {
				return all.thenMany(Flux.<Void>empty());
			}
			if (accepted.json() && step.isLast() && step.isMessage()) {
				return json(List.of(step.content()), style.batch());
			}
			return accepted.events() ? events(all, begin, awaited, style.primed())
					: all.filter((any) -> any.kind() == Step.Kind.ANSWER)
						.map(Step::content)
						.collectList()
						.flatMap((contents) -> json(contents, style.batch()))
						.flux();
		}).then();
	}

	/**
	 * Goes on with the answer to a POST as events.
	 */
	Mono<Void> events(Flux<Step> steps, Cursor begin, Awaited awaited, boolean primed) {
		Remaining left = new Remaining(awaited);
		Flux<String> messages = steps.doOnNext((step) -> left.now(step.left()))
			.filter(Step::isMessage)
			.map((step) -> EventText.message(new Cursor(step.position(), step.left()).id(this.session), step.content()))
			.onErrorResume((failure) -> Flux.fromIterable(left.now().failed(Refusals.answer(failure)))
				.map((error) -> EventText.message(Optional.empty(), error)));
		return events(messages, begin, primed);
	}

	/**
	 * Writes events.
	 * @param events the events
	 * @param begin where they begin
	 * @param primed whether the client is told that first
	 * @return when they have ended
	 */
	Mono<Void> events(Flux<String> events, Cursor begin, boolean primed) {
		Mono<String> prime = Mono.justOrEmpty(EventText.place(begin.id(this.session))).filter((text) -> primed);
		HttpHeaders headers = begin(MediaType.TEXT_EVENT_STREAM);
		headers.setCacheControl("no-cache");
		return this.response
			.writeAndFlushWith(prime.concatWith(events).map((event) -> Mono.fromSupplier(() -> buffer(event))));
	}

	/** Without a single answer, the client has taken back whatever it asked. */
	private Mono<Void> json(List<String> contents, boolean batch) {
		if (contents.isEmpty()) {
			this.response.setStatusCode(HttpStatus.ACCEPTED);
			return this.response.setComplete();
		}
		String text = batch ? "[" + String.join(",", contents) + "]" : contents.get(0);
		byte[] json = text.getBytes(StandardCharsets.UTF_8);
		HttpHeaders headers = begin(MediaType.APPLICATION_JSON);
		headers.setContentLength(json.length);
		headers.setCacheControl("no-store");
		return this.response.writeWith(Mono.fromSupplier(() -> this.response.bufferFactory().wrap(json)));
	}

	private HttpHeaders begin(MediaType type) {
		this.response.setStatusCode(HttpStatus.OK);
		this.response.getHeaders().setContentType(type);
		return this.response.getHeaders();
	}

	private DataBuffer buffer(String text) {
		return this.response.bufferFactory().wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * How an answer is written.
	 *
	 * @param batch whether JSON is an array
	 * @param primed whether events begin with one that says where the stream is
	 */
	record Style(boolean batch, boolean primed) {

	}

}
