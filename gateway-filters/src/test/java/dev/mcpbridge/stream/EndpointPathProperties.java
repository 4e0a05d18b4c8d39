package dev.mcpbridge.stream;

import java.net.URI;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import static org.assertj.core.api.Assertions.assertThat;

class EndpointPathProperties {

	private static final URI GATEWAY = URI.create("https://gateway.example/team/sse");

	@Property(tries = 20000)
	void noValueLeadsToAnotherHost(@ForAll("values") String value, @ForAll("paths") String client,
			@ForAll("paths") String upstream) {
		EndpointPath path = new EndpointPath(client, URI.create("https://mcp.example" + upstream), "/sse/message",
				(id) -> id + ".mark");
		String ours;
		try {
			ours = path.rewrite(value);
		}
		catch (EndpointException ex) {
			return;
		}
		assertThat(ours).matches("/(?!/)[\\x21-\\x7e&&[^\\\\]]*");
		assertThat(GATEWAY.resolve(ours).getRawAuthority()).isEqualTo("gateway.example");
		assertThat(GATEWAY.resolve(ours).getScheme()).isEqualTo("https");
	}

	@Provide
	Arbitrary<String> values() {
		Arbitrary<String> piece = Arbitraries.of("https:", "http:", "HTTPS:", "//", "/", "\\", "@", ":", "443", "?",
				"#", "%2e", "..", ".", "%2f", "%5c", "%00", "\t", "\n", "\r", "\u0000", " ", "evil.example",
				"mcp.example", "v1", "sse", "message", "sessionId=1", "[::1]", "\u3002", "\uff0f", "javascript:", "&",
				";", "user");
		Arbitrary<String> any = Arbitraries.strings().ofMaxLength(3);
		return Arbitraries.frequencyOf(Tuple.of(9, piece), Tuple.of(1, any))
			.list()
			.ofMaxSize(9)
			.map((pieces) -> String.join("", pieces));
	}

	@Provide
	Arbitrary<String> paths() {
		return Arbitraries.of("/", "/sse", "/v1/sse", "/team/a/sse", "/v1/sse/", "//sse", "//evil.example/sse");
	}

}
