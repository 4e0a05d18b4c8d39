package dev.mcpbridge.translation.sseupstream;

import java.net.URI;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

class MessageEndpointProperties {

	private static final URI STREAM = URI.create("https://mcp.example.com/v1/sse");

	/** Whatever the upstream names, our requests stay where they are. */
	@Property
	void noEndpointLeadsElsewhere(@ForAll("endpoints") String endpoint) {
		MessageEndpoint.resolve(endpoint, STREAM).ifPresent((target) -> {
			URI aimed = URI.create("https://mcp.example.com" + target);
			assertThat(aimed.getHost()).isEqualTo("mcp.example.com");
			assertThat(aimed.getRawUserInfo()).isNull();
			assertThat(aimed.getRawPath()).startsWith("/").doesNotStartWith("//").doesNotContain("/../", "/./");
		});
	}

	@Property
	void plainPathsAreTaken(@ForAll("plain") String path) {
		assertThat(MessageEndpoint.resolve(path, STREAM)).contains(path);
		assertThat(MessageEndpoint.resolve("https://MCP.example.com:443" + path, STREAM)).contains(path);
	}

	@Provide
	Arbitrary<String> endpoints() {
		Arbitrary<String> pieces = Arbitraries.of("/", "//", "..", ".", "%2e", "%2f", "\\", "@", ":", "?", "#",
				"https:", "http://", "mcp.example.com", "evil.example", ":443", ":8443", "[::1]", "a", " ", "\t",
				"\u0000", "\u00e9", "javascript:");
		return pieces.list().ofMaxSize(8).map((list) -> String.join("", list));
	}

	@Provide
	Arbitrary<String> plain() {
		Arbitrary<String> name = Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(8);
		return Combinators.combine(name, name, name).as("/%s/%s?sessionId=%s"::formatted);
	}

}
