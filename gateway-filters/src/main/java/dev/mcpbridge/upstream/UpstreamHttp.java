package dev.mcpbridge.upstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLHandshakeException;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Carries the messages of the OAuth library over Reactor Netty.
 * <p>
 * Follows no redirect, sends nothing twice, keeps no connection, reads no more than it is
 * allowed. A refresh token that counts once must not be repeated by the transport, nor be
 * lost on a pooled connection the other side has just closed; a fresh connection costs
 * little at one request per grant and hour.
 */
public final class UpstreamHttp {

	private final HttpClient client;

	private final UpstreamSettings.Limits limits;

	private final InstantSource clock;

	private final TimedCalls calls;

	/**
	 * Creates the transport.
	 * @param client the client to send with: its proxy, trust and name resolution count
	 * @param limits how long and how large an answer may be
	 * @param clock the time
	 */
	public UpstreamHttp(HttpClient client, UpstreamSettings.Limits limits, InstantSource clock) {
		this(client, limits, clock, UpstreamListener.NONE);
	}

	/**
	 * Creates the transport.
	 * @param client the client to send with: its proxy, trust and name resolution count
	 * @param limits how long and how large an answer may be
	 * @param clock the time
	 * @param listener hears of every call
	 */
	public UpstreamHttp(HttpClient client, UpstreamSettings.Limits limits, InstantSource clock,
			UpstreamListener listener) {
		this.client = client.followRedirect(false)
			.disableRetry(true)
			.keepAlive(false)
			.wiretap(false)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(limits.connect().toMillis()));
		this.limits = limits;
		this.clock = clock;
		this.calls = new TimedCalls(listener);
	}

	/** What times the calls that are made with this transport. */
	TimedCalls calls() {
		return this.calls;
	}

	Mono<HttpAnswer> get(URI address) {
		return Mono.defer(() -> send(new HTTPRequest(HTTPRequest.Method.GET, address)));
	}

	/**
	 * Sends a request and reads the whole answer, whatever its status.
	 * @param request the request
	 * @return the answer, or an {@link UpstreamException.Unavailable} where none came
	 */
	Mono<HttpAnswer> send(HTTPRequest request) {
		return this.client.headers((headers) -> write(request, headers))
			.request(HttpMethod.valueOf(request.getMethod().name()))
			.uri(request.getURI())
			.send((message, out) -> {
				String body = request.getBody();
				return (body != null) ? out.sendString(Mono.just(body)) : out;
			})
			.response((response, content) -> read(response, content))
			.single()
			.timeout(this.limits.answer())
			.onErrorMap((failure) -> outage(request, failure));
	}

	/** The failure that an answer is which nobody can use. */
	UpstreamException.Unavailable unavailable(HttpAnswer answer, URI address) {
		Outage outage = answer.outage();
		String message = "upstream: %s answered %d with nothing to use".formatted(address, answer.status());
		return new UpstreamException.Unavailable((outage != null) ? outage : Outage.UNREADABLE,
				answer.retryIn(this.clock.instant()), message, null);
	}

	private static void write(HTTPRequest request, HttpHeaders headers) {
		headers.set(HttpHeaderNames.USER_AGENT, "mcp-bridge-gateway");
		headers.set(HttpHeaderNames.ACCEPT, "application/json");
		request.getHeaderMap().forEach(headers::set);
	}

	private Mono<HttpAnswer> read(HttpClientResponse response, ByteBufFlux content) {
		HttpHeaders headers = response.responseHeaders();
		return content.asByteArray()
			.reduceWith(ByteArrayOutputStream::new, this::append)
			.map((bytes) -> new HttpAnswer(response.status().code(), headers.get(HttpHeaderNames.CONTENT_TYPE, ""),
					headers.get(HttpHeaderNames.RETRY_AFTER), bytes.toString(StandardCharsets.UTF_8)));
	}

	private ByteArrayOutputStream append(ByteArrayOutputStream body, byte[] bytes) {
		if (body.size() + bytes.length > this.limits.size().toBytes()) {
			throw new BodyTooLargeException();
		}
		body.writeBytes(bytes);
		return body;
	}

	private static UpstreamException.Unavailable outage(HTTPRequest request, Throwable failure) {
		Outage outage = kindOf(failure);
		String message = "upstream: %s is %s (%s)".formatted(request.getURI(), outage.name().toLowerCase(Locale.ROOT),
				failure.getClass().getSimpleName());
		return new UpstreamException.Unavailable(outage, null, message, causeOf(failure));
	}

	private static Outage kindOf(Throwable failure) {
		if (failure instanceof TimeoutException) {
			return Outage.TIMEOUT;
		}
		if (failure instanceof BodyTooLargeException) {
			return Outage.UNREADABLE;
		}
		boolean beforeTheRequest = failure instanceof ConnectException || failure instanceof UnknownHostException
				|| failure instanceof NoRouteToHostException || failure instanceof SSLHandshakeException;
		return beforeTheRequest ? Outage.UNREACHABLE : Outage.INTERRUPTED;
	}

	/** Anything but an I/O failure might quote what was sent. */
	private static @Nullable Throwable causeOf(Throwable failure) {
		return (failure instanceof IOException) ? failure : null;
	}

	private static final class BodyTooLargeException extends RuntimeException {

	}

}
