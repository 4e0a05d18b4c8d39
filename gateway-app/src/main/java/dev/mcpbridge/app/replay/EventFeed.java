package dev.mcpbridge.app.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A stream of events that is read behind the scenes, so that nobody waits for it longer
 * than they want to. What was not asked for is kept for whoever asks later.
 */
final class EventFeed implements AutoCloseable {

	private static final int LARGEST = 16 * 1024 * 1024;

	private static final Event END = new Event("end", "");

	private final BlockingQueue<Event> heard = new LinkedBlockingQueue<>();

	private final List<JsonNode> kept = new ArrayList<>();

	private final InputStream stream;

	EventFeed(InputStream stream) {
		this.stream = stream;
		Thread reader = new Thread(this::read, "replay-events");
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

	/**
	 * Waits for answers.
	 * @param ids the ids of the requests, as JSON
	 * @param patience for how long
	 * @return those that came
	 */
	List<JsonNode> answers(List<String> ids, Duration patience) throws IOException {
		long end = System.nanoTime() + patience.toNanos();
		List<JsonNode> found = new ArrayList<>();
		takeKept(ids, found);
		while (found.size() < ids.size()) {
			Event event = next(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
			if (event == null) {
				break;
			}
			this.kept.addAll(RecordedExchange.each(event.json()));
			takeKept(ids, found);
		}
		return found;
	}

	private void takeKept(List<String> ids, List<JsonNode> found) {
		RecordedExchange.byId(this.kept).forEach((id, message) -> {
			if (ids.contains(id)) {
				this.kept.remove(message);
				found.add(message);
			}
		});
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
				else if (line.startsWith("data:") && data.length() < LARGEST) {
					data.append(data.isEmpty() ? "" : "\n").append(line.substring("data:".length()).strip());
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

		JsonNode json() {
			try {
				return JsonMapper.shared().readTree(this.data);
			}
			catch (JacksonException ex) {
				return MissingNode.getInstance();
			}
		}

	}

}
