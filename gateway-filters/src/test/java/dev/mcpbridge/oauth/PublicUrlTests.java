package dev.mcpbridge.oauth;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PublicUrlTests {

	@ParameterizedTest
	@CsvSource({ "https://gw.example.com,https://gw.example.com", "https://gw.example.com/,https://gw.example.com",
			"HTTPS://GW.Example.com//,https://gw.example.com", "https://gw.example.com:443,https://gw.example.com",
			"https://gw.example.com:8443,https://gw.example.com:8443", "http://localhost:80/,http://localhost",
			"http://localhost:443,http://localhost:443", "http://[::1]:8080,http://[::1]:8080",
			"https://gw.example.com/bridge/,https://gw.example.com/bridge" })
	void theIssuerIsTheUrlAsClientsWriteIt(String configured, String issuer) {
		assertThat(PublicUrl.of(configured, false).issuer()).isEqualTo(issuer);
	}

	@Test
	void theOriginIsWhatBrowsersSend() {
		assertThat(PublicUrl.of("https://gw.example.com:443/bridge", false).origin())
			.isEqualTo("https://gw.example.com");
		assertThat(PublicUrl.of("http://localhost:8080", false).origin()).isEqualTo("http://localhost:8080");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "gw.example.com", "http://gw.example.com", "ftp://gw.example.com", "https://",
			"https://user@gw.example.com", "https://gw.example.com/?a=b", "https://gw.example.com/#x",
			"https://gw example.com", "http://127.0.0.1.example.com" })
	void whatCannotBeAPublicUrlIsNamed(String configured) {
		assertThatIllegalArgumentException().isThrownBy(() -> PublicUrl.of(configured, false))
			.withMessageContaining("mcp.bridge.public-url");
	}

	@Test
	void plainHttpIsForWhoeverInsists() {
		assertThat(PublicUrl.of("http://gw.example.com", true).isSecure()).isFalse();
		assertThat(PublicUrl.of("https://gw.example.com", true).isSecure()).isTrue();
	}

	@Test
	void wellKnownPathsAreInsertedBeforeThePath() {
		assertThat(PublicUrl.of("https://gw.example.com/bridge", false).wellKnown("oauth-protected-resource", "/mcp"))
			.hasToString("https://gw.example.com/.well-known/oauth-protected-resource/bridge/mcp");
	}

	@Test
	void theLongestMcpPathOwnsARequest() {
		ProtectedResources resources = new ProtectedResources(PublicUrl.of("https://gw.example.com", false),
				List.of("/mcp", "/mcp/authv2", "/sse"));
		assertThat(resources.endpointOf("/mcp/authv2/x")).contains("/mcp/authv2");
		assertThat(resources.endpointOf("/mcp/other")).contains("/mcp");
		assertThat(resources.endpointOf("/mcpx")).isEmpty();
		assertThat(resources.metadataOf("/elsewhere"))
			.hasToString("https://gw.example.com/.well-known/oauth-protected-resource");
	}

	@ParameterizedTest
	@CsvSource({ "/mcp,/mcp", "/mcp/,/mcp/", "/mcp//,/mcp", "/mcp/message,/mcp", "/mcp/message/,/mcp", "/,''" })
	void theMetadataIsWhereAClientLooksThatWritesASlashAtTheEnd(String requestPath, String path) {
		ProtectedResources resources = new ProtectedResources(PublicUrl.of("https://gw.example.com", false),
				List.of("/mcp"));
		assertThat(resources.metadataOf(requestPath))
			.hasToString("https://gw.example.com/.well-known/oauth-protected-resource" + path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp", "/mcp/", "/mcp?x", "/mcp#x", "" })
	void aPathThatIsNoneStopsTheStart(String path) {
		PublicUrl url = PublicUrl.of("https://gw.example.com", false);
		assertThatIllegalArgumentException().isThrownBy(() -> new ProtectedResources(url, List.of(path)))
			.withMessageContaining("mcp.bridge.mcp-paths");
	}

}
