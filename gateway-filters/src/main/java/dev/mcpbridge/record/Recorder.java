package dev.mcpbridge.record;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;

/**
 * Records traffic into files, from when it is told to until it is told not to.
 * <p>
 * It is off until something is selected, and then costs a request no more than the
 * question whether it is on. While it is on no request ever waits for it: what cannot be
 * written in time is left out and counted.
 */
public final class Recorder implements AutoCloseable {

	private static final Log log = LogFactory.getLog(Recorder.class);

	private static final long LAST_WORDS_MILLIS = 5000;

	private final RecordSettings settings;

	private final InstantSource clock;

	private final Pseudonyms pseudonyms;

	private final Selections selections;

	private final TrafficQueue queue;

	private final TrafficWriter writer;

	private final AtomicLong exchanges = new AtomicLong();

	private final String prefix;

	private @Nullable Thread thread;

	private boolean closed;

	/**
	 * Makes a recorder that is off.
	 * @param settings how it records
	 * @param marks makes of a secret what stands for it: at least 16 URL-safe characters,
	 * always the same for the same text, and nothing of it
	 * @param clock tells when things pass
	 * @param random draws samples, and names exchanges
	 * @param listener hears what it does
	 */
	public Recorder(RecordSettings settings, UnaryOperator<String> marks, InstantSource clock, SecureRandom random,
			RecordListener listener) {
		this(settings, marks, clock, random, listener, new TrafficFiles(settings.directory(), settings.files(), clock));
	}

	Recorder(RecordSettings settings, UnaryOperator<String> marks, InstantSource clock, SecureRandom random,
			RecordListener listener, TrafficFiles files) {
		this.settings = settings;
		this.clock = clock;
		this.pseudonyms = new Pseudonyms(marks);
		this.selections = new Selections(clock, this.pseudonyms, random::nextDouble, listener);
		this.queue = new TrafficQueue(settings.buffer().toBytes(), listener);
		this.prefix = Long.toString(random.nextLong() & 0xfffff, Character.MAX_RADIX) + "-";
		Scribe scribe = new Scribe(this.pseudonyms, settings.redaction(), (int) settings.maxBody().toBytes());
		this.writer = new TrafficWriter(this.queue, scribe, files, clock, listener, this.selections::prune);
	}

	/**
	 * Returns marks of a key that ends with this process.
	 * @param random makes the key
	 * @return what makes them
	 */
	public static UnaryOperator<String> passingMarks(SecureRandom random) {
		return Pseudonyms.passing(random);
	}

	/**
	 * Tells whether anything is recorded.
	 * @return whether something is selected
	 */
	public boolean isOn() {
		return !this.selections.isEmpty();
	}

	/**
	 * Lets a request pass, and records it if it is selected.
	 * @param exchange the exchange
	 * @param route the id of its route, or {@code null} if it is for no route
	 * @param maxBody how much is kept of a body, or {@code null} for the usual
	 * @param onward what else becomes of it
	 * @return when it has passed
	 */
	public Mono<Void> record(ServerWebExchange exchange, @Nullable String route, @Nullable DataSize maxBody,
			Function<ServerWebExchange, Mono<Void>> onward) {
		if (this.selections.isEmpty()) {
			return onward.apply(exchange);
		}
		Call call = Call.of(route, exchange.getRequest());
		if (!this.selections.cover(call)) {
			return onward.apply(exchange);
		}
		long kept = ((maxBody != null) ? maxBody : this.settings.maxBody()).toBytes();
		Capture capture = new Capture(this.queue, this.clock, this.prefix + this.exchanges.incrementAndGet(),
				(int) Math.min(kept, this.settings.maxBody().toBytes()));
		return capture.begin(call) ? recorded(exchange, capture, onward) : onward.apply(exchange);
	}

	/** What fails in here is answered outside of here, with the same response. */
	private static Mono<Void> recorded(ServerWebExchange exchange, Capture capture,
			Function<ServerWebExchange, Mono<Void>> onward) {
		ServerHttpResponse response = exchange.getResponse();
		ServerWebExchange watched = exchange.mutate()
			.request(new RecordedRequest(exchange.getRequest(), capture))
			.response(new RecordedResponse(response, capture))
			.build();
		return onward.apply(watched)
			.doOnSuccess((done) -> capture.ended(Piece.End.COMPLETE))
			.doOnCancel(() -> capture.ended(Piece.End.CLIENT_LEFT))
			.doOnError((failure) -> failed(response, capture));
	}

	private static void failed(ServerHttpResponse response, Capture capture) {
		if (response.isCommitted()) {
			capture.ended(Piece.End.FAILED);
			return;
		}
		capture.askedAll();
		response.beforeCommit(() -> Mono.fromRunnable(() -> {
			HttpHeaders headers = new HttpHeaders();
			headers.putAll(response.getHeaders());
			capture.answered(response.getStatusCode(), headers);
			capture.ended(Piece.End.COMPLETE);
		}));
	}

	/**
	 * Begins to record.
	 * @param selection what is recorded, and until when
	 * @return its name
	 * @throws IllegalStateException if there are too many
	 */
	public synchronized String start(Selection selection) {
		String id = this.selections.add(selection).id();
		if (this.thread == null && !this.closed) {
			Thread started = new Thread(this.writer, "mcp-record");
			started.setDaemon(true);
			started.start();
			this.thread = started;
		}
		log.info("event=record-started id=%s everybody=%s until=%s".formatted(id, selection.who().isAnybody(),
				selection.until()));
		return id;
	}

	/**
	 * Ends recordings. What passes already is recorded to its end.
	 * @param id the name of one, or empty for all
	 * @return how many were ended
	 */
	public int stop(String id) {
		int ended = this.selections.remove(id);
		log.info("event=record-stopped count=" + ended);
		return ended;
	}

	/**
	 * Tells what is recorded.
	 * @return the recordings, in the order they were begun; persons, clients, grants and
	 * sessions by their pseudonyms in the files
	 */
	public List<State> states() {
		return this.selections.current().stream().map(this::state).toList();
	}

	private State state(Selections.Active active) {
		Selection selection = active.selection();
		Selection.Who who = selection.who();
		return new State(active.id(), named(who.person()), named(who.client()), named(who.grant()),
				named(who.session()), selection.route(), selection.ratio(), selection.until());
	}

	private @Nullable String named(@Nullable String value) {
		return (value != null) ? this.pseudonyms.of(value) : null;
	}

	/** Ends all recordings and writes what waits. */
	@Override
	public void close() {
		Thread running = ending();
		if (running != null) {
			try {
				running.join(LAST_WORDS_MILLIS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private synchronized @Nullable Thread ending() {
		this.closed = true;
		this.selections.remove("");
		this.writer.stop();
		return this.thread;
	}

	/**
	 * A recording that goes on.
	 *
	 * @param id its name
	 * @param person the pseudonym of the person, if it is of one
	 * @param client the pseudonym of the client, if it is of one
	 * @param grant the pseudonym of the grant, if it is of one
	 * @param session the pseudonym of the session, if it is of one
	 * @param route the route, if it is of one
	 * @param ratio how many of the logins
	 * @param until when it ends, or {@code null} if it goes on
	 */
	public record State(String id, @Nullable String person, @Nullable String client, @Nullable String grant,
			@Nullable String session, @Nullable String route, double ratio, @Nullable Instant until) {
	}

}
