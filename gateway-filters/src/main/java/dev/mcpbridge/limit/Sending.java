package dev.mcpbridge.limit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.mcpbridge.exchange.AttemptResponse;
import dev.mcpbridge.exchange.CleanExchange;
import dev.mcpbridge.exchange.Refusal;
import dev.mcpbridge.limit.LimitListener.Answer;
import dev.mcpbridge.message.JsonRpcError;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * One request on its way to an upstream that may answer 429, as often as we are patient.
 * <p>
 * Its body was read by a filter further out, so it can be read again.
 */
final class Sending {

	private final LimitDesk desk;

	private final LimitedCall call;

	private final ServerWebExchange exchange;

	private final GatewayFilterChain chain;

	private final CleanExchange clean;

	private int sent;

	Sending(LimitDesk desk, LimitedCall call, ServerWebExchange exchange, GatewayFilterChain chain) {
		this.desk = desk;
		this.call = call;
		this.exchange = exchange;
		this.chain = chain;
		this.clean = new CleanExchange(exchange);
	}

	/**
	 * Sends it.
	 * @return when an answer is written
	 */
	Mono<Void> send() {
		return Mono.defer(() -> {
			this.sent++;
			AttemptResponse response = new AttemptResponse(this.exchange.getResponse(), Sending::isTooMany, () -> {
			});
			return this.chain.filter(this.exchange.mutate().response(response).build())
				.doOnError((failure) -> response.leave())
				.then(Mono.defer(() -> settle(response)));
		});
	}

	private Mono<Void> settle(AttemptResponse response) {
		if (!response.isRefused()) {
			response.accept();
			return Mono.empty();
		}
		Duration asked = RetryAfter.of(response.getHeaders(), this.desk.time());
		Duration wait = (asked.compareTo(this.desk.settings().maxHold()) < 0) ? asked : this.desk.settings().maxHold();
		this.desk.holds().hold(this.call.person(), wait);
		boolean again = this.sent <= this.desk.settings().retries() && isSoon(wait);
		this.desk.listener().upstreamRefused(again ? Answer.SENT_AGAIN : Answer.PASSED_ON);
		return again ? again(wait) : passOn(response, asked);
	}

	private Mono<Void> again(Duration wait) {
		this.clean.restore();
		return Mono.delay(wait, this.desk.time()).then(send());
	}

	private Mono<Void> passOn(AttemptResponse response, Duration asked) {
		response.leave();
		JsonRpcError error = CallLimits.error("upstream", asked);
		this.exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(CallLimits.seconds(asked)));
		return Refusal.write(this.exchange.getResponse(), HttpStatus.TOO_MANY_REQUESTS.value(),
				error.answer(this.call.id()));
	}

	private boolean isSoon(Duration wait) {
		return this.desk.time().now(TimeUnit.MILLISECONDS) + wait.toMillis() <= this.call.since()
				+ this.desk.settings().maxWait().toMillis();
	}

	private static boolean isTooMany(ServerHttpResponse response) {
		return HttpStatus.TOO_MANY_REQUESTS.equals(response.getStatusCode());
	}

}
