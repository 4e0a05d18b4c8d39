package dev.mcpbridge.simulator;

import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

import reactor.core.publisher.Mono;

import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Json;

/**
 * One way for a request to go wrong.
 */
public final class Fault {

	static final Fault NONE = new Fault("none", (genuine, outlet) -> genuine.flatMap(outlet::send));

	private final String name;

	private final BiFunction<Mono<Answer>, Outlet, Mono<Void>> script;

	private Fault(String name, BiFunction<Mono<Answer>, Outlet, Mono<Void>> script) {
		this.name = name;
		this.script = script;
	}

	/**
	 * Answers genuinely, but late.
	 * @param time how late
	 * @return the fault
	 */
	public static Fault delay(Duration time) {
		return new Fault("delay " + time, (genuine, outlet) -> Mono.delay(time).then(genuine).flatMap(outlet::send));
	}

	/**
	 * Answers a bare status; the request has no effect.
	 * @param status the HTTP status
	 * @return the fault
	 */
	public static Fault status(int status) {
		return instead("status " + status, Answer.text(status, "text/plain;charset=UTF-8", "error code: " + status));
	}

	/**
	 * Answers 429; the request has no effect.
	 * @param retryAfter when to come back
	 * @return the fault
	 */
	public static Fault tooManyRequests(Duration retryAfter) {
		Answer answer = Answer.json(429, Json.object().put("error", "rate_limited"));
		return instead("429", answer.with("retry-after", String.valueOf(retryAfter.toSeconds())));
	}

	/**
	 * Answers a page for people where a machine asked; the request has no effect.
	 * @param status the HTTP status, for example 200 or 502
	 * @return the fault
	 */
	public static Fault html(int status) {
		return instead("html " + status, Answer.text(status, "text/html;charset=utf-8", """
				<!DOCTYPE html>
				<html lang="en"><head><title>Atlassian</title></head><body><h1>Something went wrong</h1></body></html>
				"""));
	}

	/**
	 * Answers that the client is unknown; the request has no effect.
	 * @return the fault
	 */
	public static Fault invalidClient() {
		return instead("invalid_client", Answer.json(401,
				Json.object().put("error", "invalid_client").put("error_description", "Client not found")));
	}

	/**
	 * Takes effect, but the connection closes in the middle of the answer.
	 * @return the fault
	 */
	public static Fault cut() {
		return new Fault("cut", (genuine, outlet) -> genuine.flatMap(outlet::sendHalf));
	}

	/**
	 * Takes effect (a refresh rotates), but the connection closes before the answer.
	 * @return the fault
	 */
	public static Fault loseAnswer() {
		return new Fault("answer lost", (genuine, outlet) -> genuine.flatMap((answer) -> outlet.drop()));
	}

	/**
	 * Takes effect (a refresh rotates), but its answer leaves on a test's word.
	 * @param release its end lets every answer go that waits
	 * @return the fault
	 */
	public static Fault hold(Mono<?> release) {
		return new Fault("held",
				(genuine, outlet) -> genuine.flatMap((answer) -> release.then(Mono.defer(() -> outlet.send(answer)))));
	}

	/**
	 * Never answers; the request has no effect.
	 * @return the fault
	 */
	public static Fault hang() {
		return new Fault("hang", (genuine, outlet) -> Mono.never());
	}

	/**
	 * Takes effect, but answers otherwise.
	 * @param name what is otherwise
	 * @param change makes the answer of the genuine one
	 * @return the fault
	 */
	public static Fault altered(String name, UnaryOperator<Answer> change) {
		return new Fault(name, (genuine, outlet) -> genuine.map(change).flatMap(outlet::send));
	}

	private static Fault instead(String name, Answer answer) {
		return new Fault(name, (genuine, outlet) -> outlet.send(answer));
	}

	Mono<Void> play(Mono<Answer> genuine, Outlet outlet) {
		return this.script.apply(genuine, outlet);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
