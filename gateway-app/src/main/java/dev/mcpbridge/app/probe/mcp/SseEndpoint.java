package dev.mcpbridge.app.probe.mcp;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.mcpbridge.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * HTTP+SSE: answers come on the stream, requests go where its first event says.
 *
 * @see <a href=
 * "https://modelcontextprotocol.io/specification/2024-11-05/basic/transports">MCP
 * 2024-11-05, transports</a>
 */
final class SseEndpoint implements McpEndpoint {

	private final Wire wire;

	private final URI address;

	private final String revision;

	SseEndpoint(Wire wire, URI address, String revision) {
		this.wire = wire;
		this.address = address;
		this.revision = revision;
	}

	@Override
	public Visit visit(@Nullable Secret token) {
		Map<String, String> headers = new LinkedHashMap<>();
		if (token != null) {
			headers.put("Authorization", "Bearer " + token.reveal());
		}
		try {
			HttpResponse<InputStream> answer = this.wire.listen(this.address, headers);
			if (!Wire.isSuccess(answer)) {
				return new Refused(this.wire.refusal(answer));
			}
			return opened(headers, new Events(answer.body()));
		}
		catch (IOException ex) {
			return new Refused(new Reply.Silence(String.valueOf(ex.getMessage())));
		}
	}

	private Visit opened(Map<String, String> headers, Events events) throws IOException {
		Events.Event first = events.next(this.wire.patience());
		URI messages = (first != null && first.name().equals("endpoint")) ? within(first.data()) : null;
		if (messages == null) {
			events.close();
			return new Refused(new Reply.Silence("a stream without an endpoint event"));
		}
		return SseVisit.begin(new SseVisit.Line(this.wire, headers, messages, events), this.revision);
	}

	/** A token goes to the host it is for, whatever an event says. */
	private @Nullable URI within(String endpoint) {
		try {
			URI messages = this.address.resolve(endpoint);
			return String.valueOf(messages.getRawAuthority()).equals(this.address.getRawAuthority())
					&& String.valueOf(messages.getScheme()).equals(this.address.getScheme()) ? messages : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
