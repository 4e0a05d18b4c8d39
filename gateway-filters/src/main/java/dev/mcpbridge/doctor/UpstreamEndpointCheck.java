package dev.mcpbridge.doctor;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.mcpbridge.doctor.Requests.Heard;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Knocks at the upstream's MCP endpoints without a token: they have to ask for one. And
 * reads the clock by which they answer.
 */
final class UpstreamEndpointCheck implements Check {

	private final URI url;

	private final List<Knock> knocks;

	private final Requests requests;

	UpstreamEndpointCheck(URI url, @Nullable String mcpPath, @Nullable String ssePath, Requests requests) {
		this.url = url;
		this.knocks = Stream.of(new Knock(HttpMethod.POST, mcpPath), new Knock(HttpMethod.GET, ssePath))
			.filter((knock) -> knock.path() != null)
			.toList();
		this.requests = requests;
	}

	@Override
	public CheckId about() {
		return CheckId.UPSTREAM_MCP;
	}

	@Override
	public Flux<Finding> look() {
		return Flux.fromIterable(this.knocks)
			.concatMap(this::answer)
			.collectList()
			.filter((answers) -> !answers.isEmpty())
			.flatMapMany((answers) -> Flux.just(endpoints(answers),
					ClockSkew.judge(CheckId.UPSTREAM_CLOCK, answers.get(0))));
	}

	private Mono<Heard> answer(Knock knock) {
		boolean post = knock.method() == HttpMethod.POST;
		Map<String, String> headers = post
				? Map.of("content-type", "application/json", "accept", "application/json, text/event-stream")
				: Map.of("accept", "text/event-stream");
		return this.requests.send(knock.method(), this.url + String.valueOf(knock.path()), headers,
				post ? "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}" : null);
	}

	private Finding endpoints(List<Heard> answers) {
		StringBuilder seen = new StringBuilder("without a token");
		boolean there = true;
		for (int index = 0; index < answers.size(); index++) {
			int status = answers.get(index).status();
			there &= status == 401;
			seen.append(" %s %s: %d".formatted(this.knocks.get(index).method(), this.knocks.get(index).path(), status));
		}
		return there ? Finding.ok(about(), seen.toString()) : Finding.failure(about(), seen + " (expected: 401)");
	}

	/**
	 * A request without a token.
	 *
	 * @param method its method
	 * @param path its path, or {@code null} if there is no such endpoint
	 */
	private record Knock(HttpMethod method, @Nullable String path) {

	}

}
