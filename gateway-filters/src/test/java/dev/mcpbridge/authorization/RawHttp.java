package dev.mcpbridge.authorization;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * HTTP as no client would write it, byte by byte.
 */
final class RawHttp {

	private static final int PATIENCE_MILLIS = 20_000;

	private RawHttp() {
	}

	/**
	 * Sends bytes, leaves the connection open, and reads until the server closes it.
	 * @return everything the server said; an error if it does not close
	 */
	static String send(URI server, String text) {
		return talk(server, text, false);
	}

	/** As {@link #send}, but stops talking after the last byte. */
	static String sendAndStop(URI server, String text) {
		return talk(server, text, true);
	}

	/** The status of an answer, or 0 if there was none. */
	static int status(String answer) {
		return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.substring(9, 12)) : 0;
	}

	private static String talk(URI server, String text, boolean stop) {
		try (Socket socket = new Socket(server.getHost(), server.getPort())) {
			socket.setSoTimeout(PATIENCE_MILLIS);
			write(socket, text, stop);
			return read(socket.getInputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A server may have closed before it has heard all. */
	private static void write(Socket socket, String text, boolean stop) throws IOException {
		try {
			socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
			if (stop) {
				socket.shutdownOutput();
			}
		}
		catch (SocketException ex) {
			return;
		}
	}

	/** A reset after the answer is a close as well. */
	private static String read(InputStream in) throws IOException {
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		try {
			in.transferTo(answer);
		}
		catch (SocketException ex) {
			return answer.toString(StandardCharsets.UTF_8);
		}
		return answer.toString(StandardCharsets.UTF_8);
	}

}
