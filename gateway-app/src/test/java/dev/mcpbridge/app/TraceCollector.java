package dev.mcpbridge.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import com.sun.net.httpserver.HttpServer;
import dev.mcpbridge.testing.TestGateway;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

import static org.awaitility.Awaitility.await;

/**
 * What an OTLP collector takes, and the same spans before they are written: messages of
 * protobuf are good for searching, not for reading.
 */
final class TraceCollector implements SpanExporter {

	private final List<String> messages = new CopyOnWriteArrayList<>();

	private final List<SpanData> spans = new CopyOnWriteArrayList<>();

	private final HttpServer server;

	private TraceCollector(HttpServer server) {
		this.server = server;
	}

	static TraceCollector start() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
			TraceCollector collector = new TraceCollector(server);
			server.createContext("/v1/traces", (exchange) -> {
				byte[] message = exchange.getRequestBody().readAllBytes();
				collector.messages.add(new String(message, StandardCharsets.ISO_8859_1));
				exchange.sendResponseHeaders(200, -1);
				exchange.close();
			});
			server.start();
			return collector;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Lets a gateway send everything here at once, if it sends at all. */
	TestGateway.Builder of(TestGateway.Builder gateway) {
		return gateway.property("management.tracing.sampling.probability", "1.0")
			.property("spring.reactor.context-propagation", "auto")
			.property("management.opentelemetry.tracing.export.schedule-delay", "100ms")
			.property("management.opentelemetry.tracing.export.otlp.endpoint",
					"http://localhost:%d/v1/traces".formatted(this.server.getAddress().getPort()))
			.bean(SpanExporter.class, this);
	}

	/** Returns what came, each byte a character. */
	List<String> messages() {
		return this.messages;
	}

	/** Returns the spans that have ended. */
	List<SpanData> spans() {
		return this.spans;
	}

	List<SpanData> spansOf(String trace) {
		return this.spans.stream().filter((span) -> span.getTraceId().equals(trace)).toList();
	}

	/** Waits until a span of a trace has ended. */
	SpanData ended(String trace, SpanKind kind) {
		return ended((span) -> span.getTraceId().equals(trace) && span.getKind() == kind);
	}

	/** Waits until such a span has ended. */
	SpanData ended(Predicate<SpanData> such) {
		return await().until(() -> this.spans.stream().filter(such).findFirst(), Optional::isPresent).orElseThrow();
	}

	@Override
	public CompletableResultCode export(Collection<SpanData> ended) {
		this.spans.addAll(ended);
		return CompletableResultCode.ofSuccess();
	}

	@Override
	public CompletableResultCode flush() {
		return CompletableResultCode.ofSuccess();
	}

	@Override
	public CompletableResultCode shutdown() {
		this.server.stop(0);
		return CompletableResultCode.ofSuccess();
	}

}
