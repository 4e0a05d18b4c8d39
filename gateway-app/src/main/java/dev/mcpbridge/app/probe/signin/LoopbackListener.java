package dev.mcpbridge.app.probe.signin;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Waits on this machine for the browser to come back.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-7.3">RFC 8252, section
 * 7.3</a>
 */
public final class LoopbackListener implements AutoCloseable {

	private static final String PATH = "/oauth/callback";

	private static final String PAGE = """
			<!DOCTYPE html>
			<html lang="en"><head><meta charset="utf-8"><title>Lifecycle probe</title></head>
			<body><h1>Thank you</h1><p>The probe goes on. You may close this page.</p></body></html>
			""";

	private final CompletableFuture<Map<String, List<String>>> callback = new CompletableFuture<>();

	private final DisposableServer server;

	/**
	 * Begins to listen.
	 * @param port the port, or 0 for any free one
	 * @throws IllegalArgumentException if the port is taken
	 */
	public LoopbackListener(int port) {
		try {
			this.server = HttpServer.create()
				.host("localhost")
				.port(port)
				.route((routes) -> routes.get(PATH, this::hear))
				.bindNow(Duration.ofSeconds(5));
		}
		catch (ChannelBindException ex) {
			throw new IllegalArgumentException("--port: %d (expected: a free port)".formatted(port), ex);
		}
	}

	/**
	 * Returns where the browser has to come back to.
	 * @return an address of this machine
	 */
	public URI redirectUri() {
		return URI.create("http://localhost:" + this.server.port() + PATH);
	}

	/**
	 * Waits for the browser.
	 * @param patience how long
	 * @return the parameters of the first callback, or {@code null} if none came
	 */
	public @Nullable Map<String, List<String>> await(Duration patience) {
		try {
			return this.callback.get(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			return null;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	@Override
	public void close() {
		this.server.disposeNow(Duration.ofSeconds(2));
	}

	private Publisher<Void> hear(HttpServerRequest request, HttpServerResponse response) {
		String uri = request.uri();
		int query = uri.indexOf('?');
		this.callback.complete(URLUtils.parseParameters((query < 0) ? "" : uri.substring(query + 1)));
		return response.header("Content-Type", "text/html;charset=utf-8")
			.header("Cache-Control", "no-store")
			.sendString(Mono.just(PAGE));
	}

}
