package dev.mcpbridge.load;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets gateways take turns: under as much load as they bear, and under as much as all of
 * them bear.
 */
final class RequestRounds {

	private final Options options;

	private final Workload workload;

	private final Wrk.Tokens tokens;

	RequestRounds(Options options, Workload workload, Wrk.Tokens tokens) {
		this.options = options;
		this.workload = workload;
		this.tokens = tokens;
	}

	/** Measures all of them. */
	List<Row> run(List<Proxy> proxies) {
		Map<Proxy, List<Figures>> figures = new LinkedHashMap<>();
		proxies.forEach((proxy) -> {
			Wrk.run(url(proxy), this.tokens, new Wrk.How(this.options.connections(), this.options.warmUp(), 0));
			figures.put(proxy, new ArrayList<>());
		});
		int rate = this.options.rate();
		for (int round = 0; round < this.options.rounds(); round++) {
			List<Full> full = proxies.stream().map(this::full).toList();
			rate = (rate > 0) ? rate : half(full);
			for (Full turn : full) {
				Wrk.Load paced = paced(turn.proxy(), rate);
				figures.getOrDefault(turn.proxy(), List.of()).add(turn.with(paced));
			}
		}
		return figures.entrySet()
			.stream()
			.map((entry) -> Row.of(this.workload, entry.getKey(), entry.getValue()))
			.toList();
	}

	private Full full(Proxy proxy) {
		Usage before = proxy.usage();
		long allocated = proxy.jvm().allocated();
		Wrk.Load load = Wrk.run(url(proxy), this.tokens,
				new Wrk.How(this.options.connections(), this.options.seconds(), 0));
		return new Full(proxy, load, before, proxy.usage(), proxy.jvm().allocated() - allocated);
	}

	private Wrk.Load paced(Proxy proxy, int rate) {
		return Wrk.run(url(proxy), this.tokens, new Wrk.How(this.options.connections(), this.options.seconds(), rate));
	}

	private URI url(Proxy proxy) {
		return URI.create(proxy.url() + this.workload.query());
	}

	private static int half(List<Full> full) {
		return (int) full.stream().mapToDouble((turn) -> turn.load().perSecond()).min().orElse(0) / 2;
	}

	/**
	 * A turn at full load.
	 *
	 * @param proxy whose
	 * @param load what came back
	 * @param before what the process had used before
	 * @param after and after it
	 * @param allocated bytes its threads allocated meanwhile
	 */
	private record Full(Proxy proxy, Wrk.Load load, Usage before, Usage after, long allocated) {

		Figures with(Wrk.Load paced) {
			double requests = this.load.requests();
			return new Figures(this.after.cpu().minus(this.before.cpu()).toNanos() / 1e3 / requests,
					this.load.perSecond(), this.allocated / requests, this.after.resident() / (double) 0x100000,
					paced.p50() / 1e3, paced.p99() / 1e3, paced.perSecond(),
					(double) this.load.failed() + paced.failed());
		}

	}

}
