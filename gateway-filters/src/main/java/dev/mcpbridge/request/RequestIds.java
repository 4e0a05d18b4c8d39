package dev.mcpbridge.request;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.List;
import java.util.regex.Pattern;

import dev.mcpbridge.exchange.AtCommit;
import dev.mcpbridge.exchange.RequestScope;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Gives each request an id, tells it to the client, and has it at hand wherever the
 * request is worked on.
 * <p>
 * An id the client or a proxy sends is kept if it is one, and one only: 1 to 64 letters
 * of ASCII, digits, {@code .}, {@code _} and {@code -}. It is chosen by whoever asks, so
 * it proves nothing. Anything else is replaced by 32 hexadecimal digits, of which the
 * first half is the process'.
 * <p>
 * It stands around everything that handles requests, and not among the web filters: what
 * answers and logs a failure nobody else does is outside of those.
 */
public final class RequestIds implements HttpHandlerDecoratorFactory {

	/** The header of request and response. */
	public static final String HEADER = "X-Request-Id";

	/** What the id is called in the Reactor context of a request, and in log lines. */
	public static final String KEY = RequestScope.KEY;

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

	/** Of an odd constant, every multiple below 2<sup>64</sup> is another number. */
	private static final long STEP = 0x9e3779b97f4a7c15L;

	private final String process;

	private final AtomicLong count;

	/**
	 * Makes the ids of a gateway.
	 * @param random where new ones come from
	 */
	public RequestIds(SecureRandom random) {
		this.process = HexFormat.of().toHexDigits(random.nextLong());
		this.count = new AtomicLong(random.nextLong());
	}

	@Override
	public HttpHandler apply(HttpHandler handler) {
		return (request, response) -> {
			String id = idOf(request);
			tell(response, id);
			ScopedChannel.enter(id);
			return RequestScope.around(Mono.defer(() -> handler.handle(request, response)))
				.contextWrite(Context.of(KEY, id));
		};
	}

	/**
	 * As late as can be, since the upstream's own headers come in between.
	 */
	private static void tell(ServerHttpResponse response, String id) {
		AtCommit.run(response, () -> response.getHeaders().set(HEADER, id));
	}

	private String idOf(ServerHttpRequest request) {
		List<String> sent = request.getHeaders().getOrEmpty(HEADER);
		return (sent.size() == 1 && ID.matcher(sent.get(0)).matches()) ? sent.get(0) : made();
	}

	private String made() {
		long next = this.count.addAndGet(STEP);
		return this.process + HexFormat.of().toHexDigits(next ^ (next >>> 32));
	}

}
