package dev.mcpbridge.record;

import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Records what passes at endpoints that are no routes: those of the authorization server.
 */
public final class McpRecordWebFilter implements WebFilter, Ordered {

	private final Recorder recorder;

	private final List<String> paths;

	/**
	 * Makes the filter.
	 * @param recorder what records
	 * @param paths how the paths end that are recorded
	 */
	public McpRecordWebFilter(Recorder recorder, List<String> paths) {
		this.recorder = recorder;
		this.paths = List.copyOf(paths);
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String path = exchange.getRequest().getURI().getRawPath();
		boolean ours = this.recorder.isOn()
				&& (path.contains("/.well-known/") || this.paths.stream().anyMatch(path::endsWith));
		return ours ? this.recorder.record(exchange, null, null, chain::filter) : chain.filter(exchange);
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
