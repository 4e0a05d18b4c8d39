package dev.mcpbridge.app;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A transport of the Java SDK that remembers the newest call, so that it can be
 * cancelled: the SDK itself never does.
 */
final class HeardTransport implements McpClientTransport {

	private final McpClientTransport transport;

	private final AtomicReference<@Nullable Object> newestCall = new AtomicReference<>();

	HeardTransport(McpClientTransport transport) {
		this.transport = transport;
	}

	Mono<Void> cancelNewestCall() {
		Object id = Objects.requireNonNull(this.newestCall.get(), "no call was sent");
		return sendMessage(new JSONRPCNotification("notifications/cancelled", Map.of("requestId", id)));
	}

	@Override
	public Mono<Void> sendMessage(JSONRPCMessage message) {
		if (message instanceof JSONRPCRequest request && request.method().equals(McpSchema.METHOD_TOOLS_CALL)) {
			this.newestCall.set(request.id());
		}
		return this.transport.sendMessage(message);
	}

	@Override
	public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
		return this.transport.connect(handler);
	}

	@Override
	public void setExceptionHandler(Consumer<Throwable> handler) {
		this.transport.setExceptionHandler(handler);
	}

	@Override
	public Mono<Void> closeGracefully() {
		return this.transport.closeGracefully();
	}

	@Override
	public <T> T unmarshalFrom(Object data, TypeRef<T> typeRef) {
		return this.transport.unmarshalFrom(data, typeRef);
	}

	@Override
	public List<String> protocolVersions() {
		return this.transport.protocolVersions();
	}

}
