package dev.mcpbridge.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Answer.Flowing;
import dev.mcpbridge.simulator.wire.Answer.Whole;
import dev.mcpbridge.simulator.wire.Call;

/**
 * Where one answer leaves: whole, half, or not at all.
 */
final class Outlet {

	private final Call call;

	private final HttpServerResponse response;

	private final Channel channel;

	private final EdgeHeaders edge;

	private final OpenStreams streams;

	Outlet(Call call, HttpServerResponse response, EdgeHeaders edge, OpenStreams streams) {
		this.call = call;
		this.response = response;
		this.channel = channelOf(response);
		this.edge = edge;
		this.streams = streams;
	}

	Mono<Void> send(Answer answer) {
		begin(answer);
		if (answer instanceof Flowing flowing) {
			return flow(flowing.events());
		}
		byte[] body = bodyOf((Whole) answer);
		if (answer.status() != 204) {
			this.response.header("content-length", String.valueOf(body.length));
		}
		return (body.length == 0) ? this.response.send().then() : this.response.sendByteArray(Mono.just(body)).then();
	}

	/** Sends half of the body, or the first event, and closes the connection. */
	Mono<Void> sendHalf(Answer answer) {
		begin(answer);
		if (answer instanceof Flowing flowing) {
			return flow(flowing.events().take(1).concatWith(drop().then(Mono.empty())));
		}
		byte[] body = bodyOf((Whole) answer);
		this.response.header("content-length", String.valueOf(body.length));
		return this.response.sendByteArray(Flux.just(Arrays.copyOf(body, body.length / 2))).then().then(drop());
	}

	/** Closes the connection; the caller never learns what became of its request. */
	Mono<Void> drop() {
		return Mono.<Void>fromRunnable(this.channel::close).then(Mono.never());
	}

	private void begin(Answer answer) {
		this.response.status(answer.status());
		this.edge.add(this.call, answer, this.response.responseHeaders());
	}

	private Mono<Void> flow(Flux<String> events) {
		Flux<ByteBuf> buffers = events.map((event) -> Unpooled.copiedBuffer(event, StandardCharsets.UTF_8))
			.doFirst(() -> this.streams.add(this.channel))
			.doFinally((end) -> this.streams.remove(this.channel));
		return this.response.sendHeaders().send(buffers, (buffer) -> true).then();
	}

	/** The response forgets its channel once it is complete. */
	private static Channel channelOf(HttpServerResponse response) {
		AtomicReference<Channel> channel = new AtomicReference<>();
		response.withConnection((connection) -> channel.set(connection.channel()));
		return Objects.requireNonNull(channel.get());
	}

	private byte[] bodyOf(Whole answer) {
		byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
		boolean welcome = this.call.header("accept-encoding").orElse("").contains("gzip");
		boolean json = "application/json".equals(answer.headers().get("content-type"));
		if (!welcome || !json || answer.status() != 200) {
			return body;
		}
		this.response.header("content-encoding", "gzip");
		return gzipped(body);
	}

	private static byte[] gzipped(byte[] body) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

}
