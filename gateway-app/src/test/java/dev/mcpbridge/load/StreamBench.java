package dev.mcpbridge.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Opens many streams through each gateway and looks at the memory they take.
 */
final class StreamBench {

	/** More at once would be refused by the kernel, not by the gateway. */
	private static final int AT_ONCE = 100;

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final Options options;

	private final Workload workload;

	StreamBench(Options options, Workload workload) {
		this.options = options;
		this.workload = workload;
	}

	/** Measures all gateways, one after the other. */
	List<StreamRow> run() {
		Optional<Certificate> certificate = Optional.of(this.workload)
			.filter(Workload::isWithTls)
			.map((tls) -> Certificate.in(this.options.directory().resolve("tls")));
		Options options = this.options.with(certificate.map(Certificate::flags).orElse(List.of()));
		List<StreamRow> rows = new ArrayList<>();
		try (IdleUpstream upstream = IdleUpstream.start(certificate)) {
			Estate estate = Estate.of(options.directory(), this.workload.people(), upstream.url(),
					this.workload.tokenLife());
			try (Gateways gateways = Gateways.start(options, upstream.url(), estate)) {
				gateways.forEach((proxy) -> rows.add(measure(proxy, estate, upstream)));
			}
		}
		return rows;
	}

	private StreamRow measure(Proxy proxy, Estate estate, IdleUpstream upstream) {
		List<String> people = tokens(estate);
		// Everybody has called before: what is known of a person is no part of a stream.
		Wrk.Tokens known = new Wrk.Tokens(estate.tokens(), 0, this.workload.people(), Wrk.Use.ROTATE);
		Wrk.run(proxy.url(""), known, this.options.full(this.options.warmUp()));
		try (Listeners listeners = new Listeners()) {
			open(listeners, proxy, people.subList(0, AT_ONCE));
			listeners.leave();
			within(() -> upstream.open() == 0);
			long heap = proxy.jvm().heapInUse();
			long resident = proxy.usage().resident();
			open(listeners, proxy, people);
			String heartbeats = heartbeats(proxy, listeners, people.size());
			int lost = people.size() - listeners.opened() + listeners.lost();
			if (!proxy.isAlive()) {
				return new StreamRow(this.workload.toString(), proxy.spec().name(), people.size(), people.size(),
						Double.NaN, Double.NaN, Double.NaN, heartbeats);
			}
			double heapEach = (double) (proxy.jvm().heapInUse() - heap) / people.size();
			long now = proxy.usage().resident();
			return new StreamRow(this.workload.toString(), proxy.spec().name(), people.size(), lost, heapEach,
					(double) (now - resident) / people.size(), now / (double) 0x100000, heartbeats);
		}
		finally {
			within(() -> upstream.open() == 0);
		}
	}

	private static String heartbeats(Proxy proxy, Listeners listeners, int people) {
		if (proxy.spec().kind() == ProxyKind.BARE) {
			return "none";
		}
		return within(() -> listeners.heard() >= people) ? "heard" : "missed";
	}

	private static void open(Listeners listeners, Proxy proxy, List<String> people) {
		for (int first = 0; first < people.size(); first += AT_ONCE) {
			List<String> next = people.subList(first, Math.min(first + AT_ONCE, people.size()));
			int expected = first + next.size();
			listeners.open(proxy.url(""), next);
			within(() -> listeners.opened() + listeners.lost() >= expected || !proxy.isAlive());
		}
	}

	/** What does not come is seen in the figures. */
	private static boolean within(Callable<Boolean> condition) {
		try {
			Awaitility.await().atMost(PATIENCE).until(condition);
			return true;
		}
		catch (ConditionTimeoutException ex) {
			return false;
		}
	}

	private List<String> tokens(Estate estate) {
		try (Stream<String> lines = Files.lines(estate.tokens())) {
			return lines.limit(this.workload.people()).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
