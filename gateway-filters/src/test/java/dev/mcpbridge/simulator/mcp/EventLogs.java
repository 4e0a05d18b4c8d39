package dev.mcpbridge.simulator.mcp;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Streams that a client may take up again where it lost them. A call goes on while its
 * client is away.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#resumability-and-redelivery">MCP
 * 2025-11-25, resumability and redelivery</a>
 */
final class EventLogs {

	private final int history;

	private final @Nullable Duration retry;

	private final Map<String, EventLog> logs = new ConcurrentHashMap<>();

	private final Map<String, EventLog> standing = new ConcurrentHashMap<>();

	private final AtomicInteger names = new AtomicInteger();

	EventLogs(int history, @Nullable Duration retry) {
		this.history = history;
		this.retry = retry;
	}

	/**
	 * Answers a POST.
	 * @param primed whether the client knows events without data
	 */
	Flux<String> answer(Session session, Flux<String> events, boolean primed) {
		EventLog log = begin("call", session, events);
		if (!primed) {
			return log.after(0);
		}
		Duration retry = this.retry;
		return (retry != null) ? Flux.just(primer(log, "retry: " + retry.toMillis() + "\n"))
				: log.after(0).startWith(primer(log, ""));
	}

	/** Listens to a session from now on. */
	Flux<String> standing(Session session) {
		EventLog log = this.standing.computeIfAbsent(session.id(),
				(unseen) -> begin("standing", session, session.stream()));
		return log.after(log.last());
	}

	/** Goes on after an event; nothing if it is none of this session. */
	Optional<Flux<String>> resumed(Session session, String lastEventId) {
		int dash = lastEventId.lastIndexOf('-');
		String number = lastEventId.substring(dash + 1);
		return Optional.ofNullable(this.logs.get(lastEventId.substring(0, Math.max(0, dash))))
			.filter((log) -> log.isOf(session) && number.matches("\\d{1,9}"))
			.map((log) -> log.after(Integer.parseInt(number)));
	}

	private EventLog begin(String kind, Session session, Flux<String> events) {
		String name = kind + this.names.incrementAndGet();
		EventLog log = new EventLog(name, session.id(), this.history);
		this.logs.put(name, log);
		events.doOnComplete(log::end).subscribe(log::add);
		return log;
	}

	private static String primer(EventLog log, String more) {
		return "id: " + log.id(0) + "\n" + more + "data: \n\n";
	}

}
