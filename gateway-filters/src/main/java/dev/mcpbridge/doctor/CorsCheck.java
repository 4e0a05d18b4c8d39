package dev.mcpbridge.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import dev.mcpbridge.doctor.Requests.Heard;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks through a browser's eyes: the preflight of a call, and what a page may read of
 * its answer. A browser refuses what is there twice.
 */
final class CorsCheck implements Check {

	private static final String ALLOW_ORIGIN = "access-control-allow-origin";

	private static final List<String> SENT = List.of("authorization", "content-type", "mcp-session-id",
			"mcp-protocol-version");

	private final PublicSettings settings;

	private final Requests requests;

	CorsCheck(PublicSettings settings, Requests requests) {
		this.settings = settings;
		this.requests = requests;
	}

	@Override
	public CheckId about() {
		return CheckId.PUBLIC_CORS;
	}

	@Override
	public Flux<Finding> look() {
		return Flux.fromIterable(this.settings.resources().paths())
			.concatMap((path) -> Flux.concat(preflight(path), answer(path)))
			.next()
			.map((flaw) -> Finding.failure(about(), flaw))
			.defaultIfEmpty(Finding.ok(about(), "pages of %s may call".formatted(this.settings.origin())))
			.flux();
	}

	private Mono<String> preflight(String path) {
		Map<String, String> headers = Map.of("origin", this.settings.origin(), "access-control-request-method", "POST",
				"access-control-request-headers", String.join(", ", SENT));
		return this.requests.send(HttpMethod.OPTIONS, this.settings.url(path), headers, null)
			.flatMap((heard) -> Mono.justOrEmpty(Stream
				.of(status(heard), origin(heard), missing(heard, "access-control-allow-methods", List.of("post")),
						missing(heard, "access-control-allow-headers", SENT))
				.filter((flaw) -> !flaw.isEmpty())
				.findFirst()))
			.map((flaw) -> "OPTIONS %s: %s".formatted(path, flaw));
	}

	private Mono<String> answer(String path) {
		Map<String, String> headers = Map.of("origin", this.settings.origin(), "content-type", "application/json");
		return this.requests.send(HttpMethod.POST, this.settings.url(path), headers, "{}")
			.flatMap(
					(heard) -> Mono.justOrEmpty(Stream
						.of(origin(heard),
								missing(heard, "access-control-expose-headers",
										List.of("mcp-session-id", "www-authenticate")))
						.filter((flaw) -> !flaw.isEmpty())
						.findFirst()))
			.map((flaw) -> "POST %s: %s".formatted(path, flaw));
	}

	private static String status(Heard heard) {
		return (heard.status() / 100 == 2) ? "" : "%d (expected: 2xx)".formatted(heard.status());
	}

	private String origin(Heard heard) {
		List<String> values = heard.values(ALLOW_ORIGIN);
		boolean allowed = values.size() == 1
				&& (values.get(0).equals("*") || values.get(0).equals(this.settings.origin()));
		return allowed ? ""
				: "%s: %s (expected: * or %s, once)".formatted(ALLOW_ORIGIN, values, this.settings.origin());
	}

	private static String missing(Heard heard, String header, List<String> needed) {
		List<String> values = heard.values(header).stream().map((value) -> value.toLowerCase(Locale.ROOT)).toList();
		boolean once = values.stream().distinct().count() == values.size();
		return (once && values.containsAll(needed)) ? ""
				: "%s: %s (expected: %s among them, each once)".formatted(header, values, needed);
	}

}
