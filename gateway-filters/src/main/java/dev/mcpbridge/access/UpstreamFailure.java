package dev.mcpbridge.access;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import dev.mcpbridge.exchange.Refusal;
import dev.mcpbridge.oauth.OAuthError;
import io.netty.handler.codec.CodecException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.codec.DecodingException;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a client is told when the upstream fails: never that its token is bad, and never
 * that we are broken.
 */
final class UpstreamFailure {

	private static final Log log = LogFactory.getLog(UpstreamFailure.class);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	private UpstreamFailure() {
	}

	/**
	 * Answers for a failed upstream.
	 * @param exchange the exchange
	 * @param failure what happened
	 * @return when it is written, or broken off if it was on its way already; the failure
	 * itself if it is not the upstream's
	 */
	static Mono<Void> answer(ServerWebExchange exchange, Throwable failure) {
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted()) {
			return breakOff(response, failure);
		}
		OAuthError error = errorOf(failure, ServerWebExchangeUtils.isAlreadyRouted(exchange));
		if (error == null) {
			return Mono.error(failure);
		}
		log.warn("upstream failed status=%d reason=%s".formatted(error.status(), failure.getClass().getSimpleName()));
		return Refusal.write(response, error, RETRY_AFTER);
	}

	/**
	 * Closes the connection, so that nobody takes half an answer for a whole one. Spring
	 * would complete the answer if the upstream reset its connection, and log the query
	 * of the request, session id and all, if it did not.
	 */
	private static Mono<Void> breakOff(ServerHttpResponse response, Throwable failure) {
		if (!(ServerHttpResponseDecorator.getNativeResponse(response) instanceof HttpServerResponse connected)) {
			return Mono.error(failure);
		}
		log.info("answer broken off reason=" + failure.getClass().getSimpleName());
		return Mono.fromRunnable(() -> connected.withConnection((connection) -> connection.channel().close()));
	}

	private static @Nullable OAuthError errorOf(Throwable failure, boolean routed) {
		if (isSlow(failure)) {
			return OAuthError.temporarilyUnavailable("The upstream did not answer in time").withStatus(504);
		}
		if (isUnreachable(failure)) {
			return OAuthError.temporarilyUnavailable("The upstream cannot be reached");
		}
		boolean broken = failure instanceof IOException || failure instanceof CodecException
				|| failure instanceof DecodingException || (routed && isNonsense(failure));
		return broken ? OAuthError.temporarilyUnavailable("The upstream broke off its answer").withStatus(502) : null;
	}

	/** An answer that is no HTTP fails with whatever the parser stumbled over. */
	private static boolean isNonsense(Throwable failure) {
		return failure instanceof IllegalArgumentException;
	}

	private static boolean isSlow(Throwable failure) {
		return failure instanceof TimeoutException || failure instanceof ReadTimeoutException
				|| (failure instanceof ResponseStatusException status
						&& HttpStatus.GATEWAY_TIMEOUT.equals(status.getStatusCode()));
	}

	private static boolean isUnreachable(Throwable failure) {
		return failure instanceof ConnectException || failure instanceof UnknownHostException
				|| failure instanceof NoRouteToHostException || failure instanceof SSLException;
	}

}
