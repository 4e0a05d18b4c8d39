package dev.mcpbridge.request;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.mcpbridge.message.McpMethod;
import dev.mcpbridge.message.MethodProbe;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;

/**
 * One request on its way through the gateway, and what is learned of it there.
 * <p>
 * It is an attribute of the exchange, and of those that translation sends on behalf of
 * it.
 */
final class Passage {

	private static final String ATTRIBUTE = Passage.class.getName();

	private static final String METHOD = "Mcp-Method";

	private final @Nullable String named;

	private final MethodProbe probe = new MethodProbe();

	private final AtomicBoolean answered = new AtomicBoolean();

	/**
	 * The status of the upstream's last answer; 0 without an answer, -1 for a failure.
	 */
	private volatile int upstream;

	private volatile boolean brokenOff;

	private Passage(@Nullable String named) {
		this.named = named;
	}

	/** Begins the passage of a request. */
	static Passage begin(ServerWebExchange exchange) {
		HttpHeaders headers = exchange.getRequest().getHeaders();
		String named = headers.getFirst(METHOD);
		Passage passage = new Passage((named != null && !named.isBlank()) ? named.strip() : null);
		exchange.getAttributes().put(ATTRIBUTE, passage);
		return passage;
	}

	/** Finds the passage an exchange belongs to, or {@code null} if it is not watched. */
	static @Nullable Passage of(ServerWebExchange exchange) {
		return exchange.getAttribute(ATTRIBUTE);
	}

	/** Whether only the body can tell the method. */
	boolean isUnnamed() {
		return this.named == null;
	}

	MethodProbe probe() {
		return this.probe;
	}

	McpMethod method() {
		return (this.named != null) ? McpMethod.of(this.named) : this.probe.method();
	}

	/** The upstream has answered, perhaps not for the last time. */
	void upstreamAnswered(int status) {
		this.upstream = status;
	}

	/** The upstream could not be reached, or broke off before it answered. */
	void upstreamFailed() {
		this.upstream = -1;
	}

	/** The client broke off its body. */
	void brokenOff() {
		this.brokenOff = true;
	}

	/** Whether this is the first to say how the request ended. */
	boolean ends() {
		return this.answered.compareAndSet(false, true);
	}

	RequestOutcome outcome(@Nullable HttpStatusCode answer) {
		if (this.brokenOff) {
			return RequestOutcome.CANCELLED;
		}
		int status = (answer != null) ? answer.value() : HttpStatus.OK.value();
		if (status < 400) {
			return RequestOutcome.OK;
		}
		return (status < 500) ? refusal(status) : failure(status);
	}

	private RequestOutcome refusal(int status) {
		if (status == HttpStatus.UNAUTHORIZED.value()) {
			return RequestOutcome.CHALLENGED;
		}
		return (status == this.upstream) ? RequestOutcome.UPSTREAM_REFUSED : RequestOutcome.REFUSED;
	}

	private RequestOutcome failure(int status) {
		if (this.upstream >= 500 || this.upstream < 0 || status == HttpStatus.BAD_GATEWAY.value()
				|| status == HttpStatus.GATEWAY_TIMEOUT.value()) {
			return RequestOutcome.UPSTREAM_FAILED;
		}
		return (status == HttpStatus.SERVICE_UNAVAILABLE.value()) ? RequestOutcome.UNAVAILABLE : RequestOutcome.FAILED;
	}

}
