package dev.mcpbridge.request;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * Remembers what is logged, and of which request each line says it is.
 */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private final Logger logger = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

	private final List<Line> lines = new CopyOnWriteArrayList<>();

	/** Begins to listen; after the gateway was started, which begins logging anew. */
	static LogLines listen() {
		LogLines lines = new LogLines();
		lines.setContext(lines.logger.getLoggerContext());
		lines.start();
		lines.logger.addAppender(lines);
		return lines;
	}

	/** Returns the requests that lines with these words say they are of. */
	List<String> requestsOf(String words) {
		return this.lines.stream().filter((line) -> line.text().contains(words)).map(Line::requestId).toList();
	}

	void forget() {
		this.lines.clear();
	}

	@Override
	protected void append(ILoggingEvent event) {
		this.lines.add(new Line(event.getFormattedMessage(),
				event.getMDCPropertyMap().getOrDefault(RequestIds.KEY, "nobody's")));
	}

	@Override
	public void close() {
		this.logger.detachAppender(this);
	}

	/**
	 * A line.
	 *
	 * @param text what it says
	 * @param requestId whose it says it is
	 */
	private record Line(String text, String requestId) {

	}

}
