package dev.mcpbridge.app.probe.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A stream of server-sent events, read behind the scenes so that nobody waits for it
 * longer than they want to.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML,
 * server-sent events</a>
 */
final class Events implements AutoCloseable {

	private static final Event END = new Event("end", "");

	private final BlockingQueue<Event> heard = new LinkedBlockingQueue<>();

	private final InputStream stream;

	Events(InputStream stream) {
		this.stream = stream;
		Thread reader = new Thread(this::read, "probe-events");
		reader.setDaemon(true);
		reader.start();
	}

	/** Returns the next event, or {@code null} if none came in time or none can come. */
	@Nullable Event next(Duration patience) throws IOException {
		try {
			Event event = this.heard.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
			return (event == END) ? null : event;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted");
		}
	}

	/** Waits for the answer to a request, and passes everything else over. */
	Reply answer(int id, Duration patience) throws IOException {
		long end = System.nanoTime() + patience.toNanos();
		Event event = next(patience);
		while (event != null) {
			JsonNode message = Json.parse(event.data());
			if (Json.answers(message, id)) {
				return Json.reply(message);
			}
			event = next(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
		}
		return new Reply.Silence("no answer on the stream");
	}

	@Override
	public void close() {
		try {
			this.stream.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read() {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(this.stream, StandardCharsets.UTF_8))) {
			String name = "message";
			StringBuilder data = new StringBuilder();
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (line.startsWith("event:")) {
					name = line.substring("event:".length()).strip();
				}
				else if (line.startsWith("data:") && data.length() < Wire.LARGEST_BODY) {
					data.append(line.substring("data:".length()).strip());
				}
				else if (line.isEmpty()) {
					if (!data.isEmpty()) {
						this.heard.add(new Event(name, data.toString()));
					}
					name = "message";
					data.setLength(0);
				}
			}
		}
		catch (IOException ex) {
			// closed, by one side or the other
		}
		this.heard.add(END);
	}

	/**
	 * One event.
	 *
	 * @param name what it is
	 * @param data what it carries
	 */
	record Event(String name, String data) {
	}

}
