package dev.mcpbridge.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts what a workload of requests needs, and measures it.
 */
final class RequestBench {

	private static final Duration FRESH = Duration.ofDays(30);

	private static final int PEOPLE = 5000;

	private final Options options;

	RequestBench(Options options) {
		this.options = options;
	}

	/** Measures one workload. */
	List<Row> run(Workload workload) {
		List<Proxy> proxies = new ArrayList<>();
		try (Upstream upstream = Upstream.start(this.options.directory().resolve("nginx"))) {
			Estate estate = Estate.of(this.options.directory(), PEOPLE, upstream.url(), FRESH);
			for (ProxySpec spec : this.options.proxies()) {
				Path data = estate.copyTo(this.options.directory().resolve(spec.directory()));
				proxies.add(Proxy.start(spec, this.options, data, Properties.of(spec.kind(), upstream.url(), data)));
			}
			proxies.forEach((proxy) -> proxy.await(estate.token()));
			Wrk.Tokens tokens = new Wrk.Tokens(estate.tokens(), 0, 1, Wrk.Use.ROTATE);
			return new RequestRounds(this.options, workload, tokens).run(proxies);
		}
		finally {
			proxies.forEach(Proxy::close);
		}
	}

}
