package dev.mcpbridge.notice;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mcpbridge.exchange.FilterOrder;
import dev.mcpbridge.policy.Admission;
import dev.mcpbridge.policy.CallGate;
import dev.mcpbridge.policy.CallOfTools;
import dev.mcpbridge.policy.wire.RewrittenResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;

/**
 * Takes notices from the results of tools: into the header {@value #HEADER} where the
 * answer is one JSON body, and into the log and a number in any case. The headers of a
 * stream are gone before its first result.
 */
public final class Notices implements CallGate, GlobalFilter, Ordered {

	/** The header that has a notice. */
	public static final String HEADER = "Mcp-Bridge-Notice";

	private static final Log log = LogFactory.getLog(Notices.class);

	private static final String CALLS = Notices.class.getName();

	private static final int LONGEST = 200;

	private static final int MOST = 5;

	private final NoticeRules rules;

	private final DataSize limit;

	private final NoticeListener listener;

	/** Texts that were logged lately, so that not each result makes a line. */
	private final Cache<String, Boolean> logged = Caffeine.newBuilder()
		.maximumSize(100)
		.expireAfterWrite(Duration.ofHours(1))
		.build();

	/**
	 * Makes it.
	 * @param patterns what notices look like
	 * @param limit how large an answer, or one event of it, may be; a larger one is 502
	 * @param listener hears of what was moved
	 */
	public Notices(List<Pattern> patterns, DataSize limit, NoticeListener listener) {
		this.rules = new NoticeRules(patterns);
		this.limit = limit;
		this.listener = listener;
	}

	/** Marks what calls tools; nothing else is looked at. */
	@Override
	public Mono<Admission> admit(CallOfTools call) {
		return Mono.fromSupplier(() -> {
			call.exchange().getAttributes().put(CALLS, true);
			return Admission.FREE;
		});
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		if (!exchange.getAttributes().containsKey(CALLS)) {
			return chain.filter(exchange);
		}
		ServerHttpResponse response = exchange.getResponse();
		return chain.filter(exchange.mutate()
			.request((request) -> request.header(HttpHeaders.ACCEPT_ENCODING, "identity"))
			.response(new RewrittenResponse(response,
					this.rules.takingOut((notices) -> tell(response, notices.stream().map(Notices::plain).toList())),
					this.limit, true))
			.build());
	}

	private void tell(ServerHttpResponse response, List<String> notices) {
		boolean open = !response.isCommitted();
		if (open) {
			notices.stream().limit(MOST).forEach((notice) -> response.getHeaders().add(HEADER, notice));
		}
		this.listener.moved(notices.size(), open);
		notices.stream()
			.filter((notice) -> this.logged.asMap().putIfAbsent(notice, true) == null)
			.forEach((notice) -> log.info("upstream notice text=" + notice));
	}

	/** One line of what a header may hold. */
	private static String plain(String notice) {
		String line = notice.strip().replaceAll("\\s+", " ").replaceAll("[^ -~]", "?");
		return (line.length() <= LONGEST) ? line : line.substring(0, LONGEST);
	}

	@Override
	public int getOrder() {
		return FilterOrder.NOTICE.value();
	}

}
