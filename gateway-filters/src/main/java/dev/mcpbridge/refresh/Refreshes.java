package dev.mcpbridge.refresh;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.refresh.RefreshOutcome.Unreachable;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * One refresh at a time for each grant, shared by all who wait for it.
 * <p>
 * A flight belongs to us: it goes on when whoever began it leaves, and when those who
 * wait for it have waited long enough, since a refresh that is cut off after the upstream
 * rotated is a lost login. So it runs in a context of its own, with no more of that of
 * whoever began it than is named: a request that waits must not be held in memory by a
 * flight that outlives it. After one that failed, the upstream is left alone for a
 * moment.
 */
public final class Refreshes {

	private static final Log log = LogFactory.getLog(Refreshes.class);

	private static final Duration PAUSE = Duration.ofSeconds(2);

	private static final int MAX_PAUSES = 100_000;

	private final RefreshTurns turns;

	private final Duration patience;

	private final ActiveGrants active;

	private final RefreshListener listener;

	private final RefreshWatch watch;

	private final ConcurrentMap<String, Mono<RefreshOutcome>> flights = new ConcurrentHashMap<>();

	private final InstantSource clock;

	private final Cache<String, Pause> pauses;

	private final Set<String> kept;

	/**
	 * Makes the flights of one process.
	 * @param turns what a flight does
	 * @param active the grants in use, told of what flights bring
	 * @param clock tells when the upstream may be asked again
	 * @param listener hears of flights
	 * @param watch goes along with each
	 * @param kept keys of what a flight keeps of the Reactor context it is begun in, such
	 * as the name its log lines go by
	 */
	public Refreshes(RefreshTurns turns, ActiveGrants active, InstantSource clock, RefreshListener listener,
			RefreshWatch watch, Set<String> kept) {
		this(turns, turns.patience(), active, clock, listener, watch, kept);
	}

	Refreshes(RefreshTurns turns, Duration patience, ActiveGrants active, InstantSource clock, RefreshListener listener,
			RefreshWatch watch, Set<String> kept) {
		this.turns = turns;
		this.patience = patience;
		this.active = active;
		this.listener = listener;
		this.watch = watch;
		this.clock = clock;
		this.kept = Set.copyOf(kept);
		this.pauses = Caffeine.newBuilder()
			.maximumSize(MAX_PAUSES)
			.ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
			.expireAfter(Expiry.writing((String id, Pause pause) -> pause.outcome().retryAfter()))
			.build();
	}

	/**
	 * Joins the grant's refresh, or begins one. Whoever waits goes on in a context of
	 * their own, whoever began it.
	 * @param grant the grant
	 * @param trigger why
	 * @return the outcome; never an error
	 */
	Mono<RefreshOutcome> flight(Grant grant, RefreshTrigger trigger) {
		return Mono.deferContextual((asking) -> {
			RefreshOutcome paused = paused(grant);
			return (paused != null) ? Mono.just(paused) : join(grant, trigger, asking);
		}).timeout(this.patience, Mono.just(new Unreachable(PAUSE))).contextWrite(Function.identity());
	}

	/**
	 * Begins the grant's refresh, unless one is in flight, and waits for nothing.
	 * @param grant the grant
	 * @param trigger why
	 * @param asking the Reactor context of whoever asks; empty if nobody does
	 */
	void launch(Grant grant, RefreshTrigger trigger, ContextView asking) {
		if (!this.flights.containsKey(grant.id())) {
			flight(grant, trigger).contextWrite(asking).subscribe();
		}
	}

	/**
	 * Tells whether a flight would be begun now.
	 * @param grant the grant
	 * @return {@code false} while one is in flight, and while the upstream is left alone
	 * because the last one failed
	 */
	boolean mayBegin(Grant grant) {
		return !this.flights.containsKey(grant.id()) && paused(grant) == null;
	}

	/**
	 * Waits for the flights of this moment, before the process ends.
	 * @param then what to do when they have landed
	 */
	public void whenLanded(Runnable then) {
		Mono.when(List.copyOf(this.flights.values())).subscribe(null, (failure) -> then.run(), then);
	}

	/** If the clock was put back meanwhile, nobody knows how much of a pause is left. */
	private @Nullable RefreshOutcome paused(Grant grant) {
		Pause pause = this.pauses.getIfPresent(grant.id());
		return (pause != null && !this.clock.instant().isBefore(pause.begin())) ? pause.outcome() : null;
	}

	private Context keptOf(ContextView asking) {
		Context context = Context.empty();
		for (String key : this.kept) {
			context = context.putNonNull(key, asking.getOrDefault(key, null));
		}
		return context;
	}

	private Mono<RefreshOutcome> join(Grant grant, RefreshTrigger trigger, ContextView asking) {
		String id = grant.id();
		long began = System.nanoTime();
		Mono<RefreshOutcome> mine = Mono.defer(() -> this.watch.watch(trigger, asking, refresh(grant)))
			.onErrorResume(Refreshes::unreachable)
			.doOnNext((outcome) -> land(grant, trigger, outcome, began))
			.contextWrite(keptOf(asking))
			.cache();
		Mono<RefreshOutcome> before = this.flights.putIfAbsent(id, mine);
		if (before != null) {
			this.listener.joined(trigger);
			return before;
		}
		mine.subscribe();
		return mine;
	}

	private Mono<RefreshOutcome> refresh(Grant grant) {
		return Mono.defer(() -> turn(grant))
			.onErrorResume(Refreshes::unreachable)
			.defaultIfEmpty(new Unreachable(PAUSE));
	}

	/** Another flight may have failed since it was asked whether there is a pause. */
	private Mono<RefreshOutcome> turn(Grant grant) {
		RefreshOutcome paused = paused(grant);
		return (paused != null) ? Mono.just(paused) : this.turns.refresh(grant);
	}

	/**
	 * Before anybody hears of the outcome, so that nobody joins a flight that is over.
	 */
	private void land(Grant grant, RefreshTrigger trigger, RefreshOutcome outcome, long began) {
		if (outcome instanceof Unreachable unreachable && unreachable != paused(grant)) {
			this.pauses.put(grant.id(), new Pause(this.clock.instant(), unreachable));
		}
		this.active.landed(grant, outcome);
		this.flights.remove(grant.id());
		log.debug("refresh landed trigger=%s outcome=%s".formatted(trigger, outcome.getClass().getSimpleName()));
		this.listener.landed(trigger, outcome, Duration.ofNanos(System.nanoTime() - began));
	}

	private static Mono<RefreshOutcome> unreachable(Throwable failure) {
		log.warn("refresh failed reason=" + failure.getClass().getSimpleName());
		return Mono.just(new Unreachable(PAUSE));
	}

	/**
	 * The time in which the upstream is left alone.
	 *
	 * @param begin when it began
	 * @param outcome what whoever asks meanwhile is told
	 */
	private record Pause(Instant begin, Unreachable outcome) {

	}

}
