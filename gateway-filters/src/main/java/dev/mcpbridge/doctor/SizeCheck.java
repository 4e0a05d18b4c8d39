package dev.mcpbridge.doctor;

import java.util.Map;

import dev.mcpbridge.doctor.Requests.Heard;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks whether requests as long as ours can be reach the gateway: whoever refuses them
 * on the way does not answer with our challenge.
 */
final class SizeCheck implements Check {

	private static final int HEADER = 24 * 1024;

	private static final int REQUEST_LINE = 12 * 1024;

	private final CheckId about;

	private final PublicSettings settings;

	private final String query;

	private final Map<String, String> headers;

	private final Requests requests;

	private SizeCheck(CheckId about, PublicSettings settings, String query, Map<String, String> headers,
			Requests requests) {
		this.about = about;
		this.settings = settings;
		this.query = query;
		this.headers = headers;
		this.requests = requests;
	}

	static SizeCheck ofHeaders(PublicSettings settings, Requests requests) {
		return new SizeCheck(CheckId.PUBLIC_HEADER_SIZE, settings, "",
				Map.of("authorization", "Bearer " + "x".repeat(HEADER)), requests);
	}

	static SizeCheck ofRequestLine(PublicSettings settings, Requests requests) {
		return new SizeCheck(CheckId.PUBLIC_REQUEST_LINE, settings, "?doctor=" + "x".repeat(REQUEST_LINE), Map.of(),
				requests);
	}

	@Override
	public CheckId about() {
		return this.about;
	}

	@Override
	public Flux<Finding> look() {
		String path = this.settings.resources().paths().get(0);
		return this.requests.send(HttpMethod.POST, this.settings.url(path) + this.query, this.headers, "{}")
			.map(this::judge)
			.onErrorResume((failure) -> Mono
				.just(Finding.failure(this.about, what() + ": the connection ends without an answer")))
			.flux();
	}

	private Finding judge(Heard heard) {
		return (heard.status() == 401) ? Finding.ok(this.about, what() + " reaches the gateway")
				: Finding.failure(this.about, "%s: %d (expected: 401)".formatted(what(), heard.status()));
	}

	private String what() {
		return this.query.isEmpty() ? "a header of %d KB".formatted(HEADER / 1024)
				: "a URL of %d KB".formatted(REQUEST_LINE / 1024);
	}

}
