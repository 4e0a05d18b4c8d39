package dev.mcpbridge.session;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.mcpbridge.exchange.RawQuery;
import dev.mcpbridge.session.Presented.Own;
import dev.mcpbridge.session.Presented.Rejected;
import dev.mcpbridge.session.SessionListener.Rejection;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The session a request names, if it names one: in its header, or, in the old transport,
 * in its query.
 *
 * @param inHeader what the header shows, or {@code null}
 * @param inQuery what the query shows, or {@code null}
 */
record NamedSession(@Nullable Presented inHeader, @Nullable Presented inQuery) {

	static final String HEADER = "Mcp-Session-Id";

	static NamedSession of(ServerHttpRequest request, OwnedIds ids) {
		List<String> headers = request.getHeaders().getOrEmpty(HEADER);
		return new NamedSession(read(headers.stream().filter((value) -> !value.isBlank()).toList(), ids),
				read(RawQuery.of(request.getURI()).values(ids.parameter()), ids));
	}

	/** Of several ids, nobody knows which one the upstream would take. */
	private static @Nullable Presented read(List<String> values, OwnedIds ids) {
		return switch (values.size()) {
			case 0 -> null;
			case 1 -> ids.read(values.get(0));
			default -> new Rejected(Rejection.UNMARKED);
		};
	}

	/** Returns what is wrong with it. */
	Optional<Rejection> rejection() {
		return shown().filter(Rejected.class::isInstance).map((presented) -> ((Rejected) presented).why()).findFirst();
	}

	/** Returns the marks it has shown. */
	Stream<String> marks() {
		return shown().filter(Own.class::isInstance).map((presented) -> ((Own) presented).mark());
	}

	/** Returns the request with the ids of the upstream. */
	ServerHttpRequest unmarked(ServerHttpRequest request, String parameter) {
		if (this.inQuery == null && !request.getHeaders().containsHeader(HEADER)) {
			return request;
		}
		ServerHttpRequest.Builder upstream = request.mutate();
		if (request.getHeaders().containsHeader(HEADER)) {
			upstream.headers((headers) -> {
				headers.remove(HEADER);
				if (this.inHeader instanceof Own own) {
					headers.set(HEADER, own.upstream());
				}
			});
		}
		if (this.inQuery instanceof Own own) {
			URI url = request.getURI();
			upstream.uri(RawQuery.of(url).with(parameter, (handedOut) -> own.upstream()).on(url));
		}
		return upstream.build();
	}

	private Stream<Presented> shown() {
		return Stream.of(Optional.ofNullable(this.inHeader), Optional.ofNullable(this.inQuery))
			.flatMap(Optional::stream);
	}

}
