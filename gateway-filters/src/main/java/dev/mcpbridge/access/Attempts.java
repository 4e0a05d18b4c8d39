package dev.mcpbridge.access;

import dev.mcpbridge.access.UpstreamBearer.Granted;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.exchange.AttemptResponse;
import dev.mcpbridge.exchange.CleanExchange;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Sends one request upstream, as it came but for its token, as often as its body is kept.
 */
final class Attempts {

	private final ServerWebExchange exchange;

	private final GatewayFilterChain chain;

	private final KeptBody body;

	/** Kept until there will be no other attempt: a stream may be open for hours. */
	private @Nullable CleanExchange clean;

	/**
	 * Begins with a request that was not sent yet.
	 * @param exchange the request as it came
	 * @param chain the filters further in, which see each attempt as if it were the only
	 * one
	 * @param body the body of the request
	 */
	Attempts(ServerWebExchange exchange, GatewayFilterChain chain, KeptBody body) {
		this.exchange = exchange;
		this.chain = chain;
		this.body = body;
		this.clean = new CleanExchange(exchange);
	}

	/** Tells whether the request can be sent again. */
	boolean areRepeatable() {
		return this.body.isWhole();
	}

	/**
	 * Sends the request.
	 * @param granted the token to send it with
	 * @param whenAccepted what to do when the upstream takes the token, before its answer
	 * is written
	 * @return whether the upstream refused the token: then nothing was written; if not,
	 * its answer is
	 */
	Mono<Boolean> send(Granted granted, Runnable whenAccepted) {
		return Mono.defer(() -> {
			AttemptResponse response = new AttemptResponse(this.exchange.getResponse(), this::isRefusal, () -> {
				this.body.forget();
				this.clean = null;
				whenAccepted.run();
			});
			ServerHttpRequest request = new KeptRequest(this.exchange.getRequest(), granted.token(), this.body);
			ServerWebExchange attempt = this.exchange.mutate().request(request).response(response).build();
			return this.chain.filter(attempt)
				.doOnError((failure) -> response.leave())
				.then(Mono.fromSupplier(() -> settle(response)));
		});
	}

	private boolean isRefusal(ServerHttpResponse response) {
		return HttpStatus.UNAUTHORIZED.equals(response.getStatusCode()) && !Challenger.hasChallenged(this.exchange);
	}

	private boolean settle(AttemptResponse response) {
		CleanExchange before = this.clean;
		if (!response.isRefused()) {
			response.accept();
		}
		else if (before != null) {
			before.restore();
		}
		return response.isRefused();
	}

	/** A request whose body is read from what is kept. */
	private static final class KeptRequest extends PresentingRequest {

		private final KeptBody body;

		KeptRequest(ServerHttpRequest request, Secret token, KeptBody body) {
			super(request, token);
			this.body = body;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return this.body.read();
		}

	}

}
