package dev.mcpbridge.request;

import dev.mcpbridge.exchange.RequestScope;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.FastThreadLocal;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/**
 * Stands first on a connection, so that what is read there is handled in the scope of the
 * request the connection is busy with.
 */
@Sharable
public final class ScopedChannel extends ChannelInboundHandlerAdapter {

	private static final AttributeKey<String> REQUEST = AttributeKey.valueOf(ScopedChannel.class, "request");

	/** What is being read right now, on this thread. */
	private static final FastThreadLocal<Channel> READING = new FastThreadLocal<>();

	private static final ScopedChannel INSTANCE = new ScopedChannel();

	private ScopedChannel() {
	}

	/**
	 * Scopes what clients send.
	 * @param server the server
	 * @return the server, whose connections keep the id of the request they are busy with
	 */
	public static HttpServer on(HttpServer server) {
		return server.doOnChannelInit((observer, channel, remote) -> channel.pipeline().addFirst(INSTANCE));
	}

	/**
	 * Scopes what a server answers.
	 * @param client the client
	 * @return the client, whose connections keep the id of the request they are used for
	 */
	public static HttpClient on(HttpClient client) {
		return client.doOnChannelInit((observer, channel, remote) -> channel.pipeline().addFirst(INSTANCE))
			.doOnRequest((request, connection) -> connection.channel()
				.attr(REQUEST)
				.set(request.currentContextView().getOrDefault(RequestScope.KEY, null)));
	}

	/**
	 * What else is read on the connection that brought a request belongs to it, and so
	 * does what was read together with it.
	 */
	static void enter(String id) {
		Channel channel = READING.getIfExists();
		if (channel != null) {
			channel.attr(REQUEST).set(id);
			RequestScope.enter(id);
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		Channel before = READING.getIfExists();
		READING.set(context.channel());
		try {
			RequestScope.run(context.channel().attr(REQUEST).get(), () -> context.fireChannelRead(message));
		}
		finally {
			READING.set(before);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		RequestScope.run(context.channel().attr(REQUEST).get(), context::fireChannelInactive);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		RequestScope.run(context.channel().attr(REQUEST).get(), () -> context.fireExceptionCaught(cause));
	}

}
