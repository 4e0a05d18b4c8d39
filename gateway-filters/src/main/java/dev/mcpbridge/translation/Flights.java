package dev.mcpbridge.translation;

import java.time.Duration;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Work on behalf of sessions that goes on when the request that began it is answered, or
 * its client has left.
 * <p>
 * It belongs to this process and ends with it.
 */
public final class Flights implements AutoCloseable {

	private static final Log log = LogFactory.getLog(Flights.class);

	private static final Duration LOOK = Duration.ofMillis(20);

	private final Disposable.Composite open = Disposables.composite();

	private final Sinks.Empty<Void> end = Sinks.empty();

	/**
	 * Begins work, and waits for nothing.
	 * @param work what to do; how it fails is logged, without what it was about
	 * @return ends the work before its time
	 */
	public Disposable launch(Mono<Void> work) {
		Disposable.Swap flight = Disposables.swap();
		this.open.add(flight);
		flight.update(work.doFinally((signal) -> this.open.remove(flight)).subscribe((nothing) -> {
		}, Flights::failed));
		return flight;
	}

	/**
	 * Begins work that tells something early and then goes on.
	 * @param work makes the work of where to tell it; it runs in the context of whoever
	 * waits
	 * @return what is told, or the work's failure if that comes first; empty if the work
	 * ends without a word
	 */
	public <T> Mono<T> launch(Function<Sinks.One<T>, Mono<Void>> work) {
		return Mono.deferContextual((context) -> {
			Sinks.One<T> told = Sinks.one();
			launch(work.apply(told)
				.doOnError(told::tryEmitError)
				.doFinally((signal) -> told.tryEmitEmpty())
				.contextWrite(context));
			return told.asMono();
		});
	}

	/**
	 * Tells how much is under way.
	 * @return the number of flights
	 */
	public int underWay() {
		return this.open.size();
	}

	/**
	 * Tells work that would go on for ever when to stop, while replicas and the upstream
	 * can still be told.
	 * @return completes when this process is about to end
	 */
	public Mono<Void> end() {
		return this.end.asMono();
	}

	/**
	 * Asks what goes on until the end to stop, waits for what is under way, and cuts off
	 * what takes longer.
	 * @param patience how long to wait
	 * @param landed told when nothing is under way any more
	 */
	public void whenLanded(Duration patience, Runnable landed) {
		this.end.tryEmitEmpty();
		Flux.interval(Duration.ZERO, LOOK)
			.takeUntil((look) -> underWay() == 0)
			.takeUntilOther(Mono.delay(patience))
			.doFinally((signal) -> {
				close();
				landed.run();
			})
			.subscribe();
	}

	/** Ends everything that is under way, and whatever begins from now on. */
	@Override
	public void close() {
		this.open.dispose();
	}

	private static void failed(Throwable failure) {
		log.info("event=translation-interrupted cause=" + failure.getClass().getSimpleName());
	}

}
