package dev.mcpbridge.doctor;

import java.time.Duration;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Timed;

/**
 * Looks whether the events of a stream come as they happen, by the diagnostic stream of
 * the gateway. Looks twice before it says no: a machine may stand still for a moment.
 */
final class StreamCheck implements Check {

	private final PublicSettings settings;

	private final Requests requests;

	StreamCheck(PublicSettings settings, Requests requests) {
		this.settings = settings;
		this.requests = requests;
	}

	@Override
	public CheckId about() {
		return CheckId.PUBLIC_STREAM;
	}

	@Override
	public Flux<Finding> look() {
		return finding().flatMap((first) -> (first.severity() == Severity.FAILURE) ? finding() : Mono.just(first))
			.flux();
	}

	private Mono<Finding> finding() {
		return this.requests.client()
			.headers((headers) -> headers.set("accept", "text/event-stream"))
			.get()
			.uri(this.settings.url(DiagnosticStream.PATH))
			.response((response, content) -> (response.status().code() != 200)
					? Mono.just(Finding.skipped(about(), refusal(response.status().code())))
					: content.asString().timed().collectList().map(this::judge))
			.single()
			.onErrorResume((failure) -> Mono
				.just(Finding.failure(about(), "the stream breaks off: " + Failures.words(failure))));
	}

	private static String refusal(int status) {
		return "the diagnostic stream answers %d (%s)".formatted(status, switch (status) {
			case 404 -> "mcp.bridge.doctor.stream=false?";
			case 503 -> "others are looking too";
			default -> "a proxy?";
		});
	}

	/** The first comment leaves at once, the last after two pauses. */
	private Finding judge(List<Timed<String>> pieces) {
		StringBuilder text = new StringBuilder();
		for (Timed<String> piece : pieces) {
			text.append(piece.get());
			if (text.indexOf(DiagnosticStream.LAST) >= 0) {
				return judge(piece.elapsedSinceSubscription().minus(pieces.get(0).elapsedSinceSubscription()));
			}
		}
		return Finding.failure(about(), "the stream ends before its last event");
	}

	private Finding judge(Duration apart) {
		String seen = "%d ms between the first and the last event (sent %d ms apart)".formatted(apart.toMillis(),
				this.settings.pause().multipliedBy(2).toMillis());
		return (apart.compareTo(this.settings.pause()) < 0) ? Finding.failure(about(), seen)
				: Finding.ok(about(), seen);
	}

}
