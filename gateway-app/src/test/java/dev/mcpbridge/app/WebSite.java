package dev.mcpbridge.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpServer;

/**
 * Somebody else's web site on a loopback port: one page under every path.
 */
final class WebSite implements AutoCloseable {

	private final HttpServer server;

	private WebSite(HttpServer server) {
		this.server = server;
	}

	static WebSite saying(String html) {
		byte[] page = ("<!doctype html><html lang=en><title>Somebody else</title>" + html)
			.getBytes(StandardCharsets.UTF_8);
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/", (exchange) -> {
				exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
				exchange.sendResponseHeaders(200, page.length);
				exchange.getResponseBody().write(page);
				exchange.close();
			});
			server.start();
			return new WebSite(server);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	URI url(String path) {
		return URI.create("http://127.0.0.1:%d%s".formatted(this.server.getAddress().getPort(), path));
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
