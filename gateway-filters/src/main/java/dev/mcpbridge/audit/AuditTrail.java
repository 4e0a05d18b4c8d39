package dev.mcpbridge.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Takes events without ever waiting, and writes them on a thread of its own.
 * <p>
 * Nothing is lost while fewer than a bound wait; what comes beyond is counted. A sink
 * that fails loses what it was given, is counted too, and is tried again with the next
 * events; neither the other sinks nor the traffic notice.
 */
public final class AuditTrail implements AutoCloseable {

	private static final Log log = LogFactory.getLog(AuditTrail.class);

	private static final int BATCH = 500;

	private static final long MILLIS_TO_LOOK_UP = 200;

	private static final long SECONDS_TO_FINISH = 5;

	private final BlockingQueue<AuditEvent> waiting;

	private final List<AuditSink> sinks;

	private final AuditListener listener;

	private final Set<AuditSink.Kind> failing = EnumSet.noneOf(AuditSink.Kind.class);

	private final Thread thread;

	private volatile boolean closing;

	/**
	 * Begins to write.
	 * @param buffer how many events may wait
	 * @param sinks where they go
	 * @param listener hears what becomes of them
	 */
	public AuditTrail(int buffer, List<? extends AuditSink> sinks, AuditListener listener) {
		this.waiting = new ArrayBlockingQueue<>(buffer);
		this.sinks = List.copyOf(sinks);
		this.listener = listener;
		this.thread = new Thread(this::run, "mcp-audit");
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * Takes an event, or counts it as dropped.
	 * @param event the event
	 */
	public void add(AuditEvent event) {
		if (this.closing || !this.waiting.offer(event)) {
			this.listener.dropped();
		}
	}

	/**
	 * Counts the events that are not written yet.
	 * @return how many
	 */
	public int waiting() {
		return this.waiting.size();
	}

	/** Writes what waits, for five seconds at most, and takes nothing more. */
	@Override
	public void close() {
		this.closing = true;
		try {
			this.thread.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_FINISH));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (!this.waiting.isEmpty()) {
			log.warn("audit events are lost at the end count=" + this.waiting.size());
		}
	}

	private void run() {
		try {
			while (!this.closing || !this.waiting.isEmpty()) {
				List<AuditEvent> batch = next();
				if (!batch.isEmpty()) {
					this.sinks.forEach((sink) -> write(sink, batch));
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.sinks.forEach(AuditTrail::close);
	}

	private List<AuditEvent> next() throws InterruptedException {
		List<AuditEvent> batch = new ArrayList<>();
		AuditEvent first = this.waiting.poll(MILLIS_TO_LOOK_UP, TimeUnit.MILLISECONDS);
		if (first != null) {
			batch.add(first);
			this.waiting.drainTo(batch, BATCH - 1);
		}
		return batch;
	}

	/** Whatever a sink throws: a thread that ends here would end the audit. */
	private void write(AuditSink sink, List<AuditEvent> batch) {
		try {
			sink.write(batch);
			this.listener.written(sink.kind(), batch.size());
			if (this.failing.remove(sink.kind())) {
				log.info("audit events are written again sink=" + sink.kind());
			}
		}
		catch (IOException | RuntimeException | Error ex) {
			this.listener.failed(sink.kind(), batch.size());
			if (this.failing.add(sink.kind())) {
				log.warn("audit events cannot be written and are lost sink=%s reason=%s".formatted(sink.kind(), ex));
			}
		}
	}

	private static void close(AuditSink sink) {
		try {
			sink.close();
		}
		catch (Exception ex) {
			log.warn("audit cannot be closed sink=%s reason=%s".formatted(sink.kind(), ex));
		}
	}

}
