package dev.mcpbridge.access;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An upstream that answers every request with the bytes it was told, and then closes,
 * hangs, or goes on for ever.
 */
final class RawServer implements AutoCloseable {

	private final ServerSocket server;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final AtomicInteger left = new AtomicInteger();

	private volatile String answer = "";

	private volatile Then then = Then.CLOSE;

	RawServer() {
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	RawServer answer(String bytes, Then then) {
		this.answer = bytes;
		this.then = then;
		return this;
	}

	URI url() {
		return URI.create("http://localhost:" + this.server.getLocalPort());
	}

	/** How often the other side closed its connection. */
	int left() {
		return this.left.get();
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.server.accept();
				this.sockets.add(socket);
				start(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			readHead(socket.getInputStream());
			OutputStream out = socket.getOutputStream();
			out.write(this.answer.getBytes(StandardCharsets.ISO_8859_1));
			out.flush();
			switch (this.then) {
				case CLOSE -> socket.shutdownOutput();
				case HANG -> {
				}
				case POUR -> pour(out);
			}
			drain(socket.getInputStream());
		}
		catch (IOException ex) {
			this.left.incrementAndGet();
		}
	}

	private void drain(InputStream in) throws IOException {
		while (in.read() >= 0) {
			continue;
		}
		this.left.incrementAndGet();
	}

	private static void pour(OutputStream out) throws IOException {
		byte[] block = "x".repeat(8192).getBytes(StandardCharsets.ISO_8859_1);
		while (true) {
			out.write(block);
		}
	}

	private static void readHead(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			if (next < 0) {
				throw new EOFException();
			}
			head.append((char) next);
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "raw-server");
		thread.setDaemon(true);
		thread.start();
	}

	/** What comes after the answer. */
	enum Then {

		/** The connection is closed. */
		CLOSE,

		/** Nothing, for ever. */
		HANG,

		/** More bytes, for ever. */
		POUR

	}

}
