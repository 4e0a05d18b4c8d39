package dev.mcpbridge.load;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The gateways of a run, each in a process of its own, with a copy of the same keys and
 * grants.
 */
final class Gateways implements AutoCloseable, Iterable<Proxy> {

	private final List<Proxy> proxies = new ArrayList<>();

	private Gateways() {
	}

	/**
	 * Starts them and waits until all of them answer.
	 * @param options which, and with which flags
	 * @param upstream what is behind them
	 * @param estate what people left there
	 */
	static Gateways start(Options options, URI upstream, Estate estate) {
		Gateways gateways = new Gateways();
		try {
			for (ProxySpec spec : options.proxies()) {
				Path data = estate.copyTo(options.directory().resolve(spec.directory()));
				gateways.proxies.add(Proxy.start(spec, options, data, Properties.of(spec.kind(), upstream, data)));
			}
			gateways.forEach((proxy) -> proxy.await(estate.token()));
			return gateways;
		}
		catch (RuntimeException ex) {
			gateways.close();
			throw ex;
		}
	}

	List<Proxy> list() {
		return List.copyOf(this.proxies);
	}

	@Override
	public Iterator<Proxy> iterator() {
		return list().iterator();
	}

	@Override
	public void close() {
		this.proxies.forEach(Proxy::close);
	}

}
