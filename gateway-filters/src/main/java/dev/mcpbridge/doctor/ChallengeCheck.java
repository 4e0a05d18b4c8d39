package dev.mcpbridge.doctor;

import java.util.List;
import java.util.Map;

import dev.mcpbridge.doctor.Requests.Heard;
import io.netty.handler.codec.http.HttpMethod;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks whether a client without a token is sent to our front desk, and nowhere else.
 */
final class ChallengeCheck implements Check {

	private final PublicSettings settings;

	private final Requests requests;

	ChallengeCheck(PublicSettings settings, Requests requests) {
		this.settings = settings;
		this.requests = requests;
	}

	@Override
	public CheckId about() {
		return CheckId.PUBLIC_CHALLENGE;
	}

	@Override
	public Flux<Finding> look() {
		return Flux.fromIterable(this.settings.resources().paths())
			.concatMap(this::flaw)
			.next()
			.defaultIfEmpty(Finding.ok(about(), "401 at %s".formatted(this.settings.resources().paths())))
			.flux();
	}

	private Mono<Finding> flaw(String path) {
		return this.requests
			.send(HttpMethod.POST, this.settings.url(path), Map.of("content-type", "application/json"), "{}")
			.filter((heard) -> !isOurs(path, heard))
			.map((heard) -> Finding.failure(about(),
					"POST %s: %d, WWW-Authenticate: %s (expected: 401 and resource_metadata=\"%s\")".formatted(path,
							heard.status(), heard.headers().getAll("www-authenticate"),
							this.settings.resources().metadataOf(path))));
	}

	private boolean isOurs(String path, Heard heard) {
		return heard.status() == 401 && names(heard.headers().getAll("www-authenticate"),
				this.settings.resources().metadataOf(path).toString());
	}

	/** There is one challenge, and it is ours. */
	static boolean names(List<String> challenges, String metadata) {
		return challenges.size() == 1 && challenges.get(0).startsWith("Bearer ")
				&& challenges.get(0).contains("resource_metadata=\"" + metadata + "\"");
	}

}
