package dev.mcpbridge.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A client that speaks bytes.
 */
final class RawClient {

	private static final int PATIENCE_MILLIS = 20_000;

	private RawClient() {
	}

	/**
	 * Sends bytes and reads until the gateway closes the connection.
	 * @param gateway where to
	 * @param bytes what to send
	 * @param half whether we say that nothing more comes
	 * @return everything that came back, which may be nothing
	 */
	static String send(URI gateway, String bytes, boolean half) {
		try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
			socket.setSoTimeout(PATIENCE_MILLIS);
			socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
			socket.getOutputStream().flush();
			if (half) {
				socket.shutdownOutput();
			}
			return read(socket.getInputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(InputStream in) throws IOException {
		StringBuilder answer = new StringBuilder();
		try {
			for (int next = in.read(); next >= 0; next = in.read()) {
				answer.append((char) next);
			}
		}
		catch (SocketException ex) {
			// reset: what came before counts
		}
		return answer.toString();
	}

}
