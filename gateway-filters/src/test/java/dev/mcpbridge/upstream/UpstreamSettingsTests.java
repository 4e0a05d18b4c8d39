package dev.mcpbridge.upstream;

import java.net.URI;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class UpstreamSettingsTests {

	private static final URI ATLASSIAN = URI.create("https://mcp.atlassian.com");

	private static final URI CALLBACK = URI.create("https://gateway.example.com/oauth/callback");

	@ParameterizedTest
	@EnumSource(value = UpstreamProfile.class, names = "CUSTOM", mode = EnumSource.Mode.EXCLUDE)
	void everyAtlassianProfileIsCompleteOnItsOwn(UpstreamProfile profile) {
		UpstreamSettings settings = UpstreamSettings.of(profile, ATLASSIAN, CALLBACK);
		assertThat(settings.registration()).isEqualTo(new Registration.PerGrant());
		assertThat(settings.issuers().validation()).isEqualTo(IssuerPolicy.Validation.PINNED);
		assertThat(settings.issuers().pinned()).isNotEmpty();
	}

	@Test
	void theProfileOfTheCapturesServesBothTransports() {
		UpstreamSettings settings = UpstreamSettings.of(UpstreamProfile.ATLASSIAN_V1, ATLASSIAN, CALLBACK);
		assertThat(settings.mcpPath()).isEqualTo("/v1/mcp");
		assertThat(settings.ssePath()).isEqualTo("/v1/sse");
		assertThat(settings.scopes()).containsExactly("read:jira-work", "write:jira-work", "offline_access");
	}

	@Test
	void theIssuerThatAtlassianNamesWithoutItsPathIsPinned() {
		IssuerPolicy issuers = UpstreamSettings.of(UpstreamProfile.ATLASSIAN_AUTHV2, ATLASSIAN, CALLBACK).issuers();
		assertThat(issuers.accepts("https://auth.atlassian.com/tenant", "https://auth.atlassian.com")).isTrue();
		assertThat(issuers.accepts("https://auth.atlassian.com/tenant", "https://auth.example.com")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:9000", "http://127.0.0.1", "http://[::1]:9000/",
			"http://sim.localhost:1", "HTTPS://mcp.example.com" })
	void plainHttpIsForLoopbackHosts(String url) {
		assertThat(settings(URI.create(url), "/mcp", null, false).url().getRawPath()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://mcp.example.com", "http://127.0.0.1.example.com", "ftp://localhost", "/mcp",
			"https://user@mcp.example.com", "mailto:mcp@example.com" })
	void anAddressThatWouldCarryTokensInTheClearIsRefused(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> settings(URI.create(url), "/mcp", null, false))
			.withMessage(
					"mcp.bridge.upstream.url: %s (expected: an https URL, or http on a loopback host)".formatted(url));
	}

	@Test
	void plainHttpCanBeAllowedEverywhere() {
		assertThat(settings(URI.create("http://mcp.internal"), "/mcp", null, true).endpoint())
			.hasToString("http://mcp.internal/mcp");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://mcp.example.com/v1", "https://mcp.example.com?a=b", "https://mcp.example.com#a" })
	void theUrlIsAnOrigin(String url) {
		assertThatIllegalArgumentException().isThrownBy(() -> settings(URI.create(url), "/mcp", null, false))
			.withMessageContaining("expected: an origin");
	}

	@ParameterizedTest
	@ValueSource(strings = { "mcp", "", "//evil.example.com/mcp", "/mcp?a=b", "/a b" })
	void aPathIsAPath(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> settings(ATLASSIAN, path, null, false))
			.withMessageStartingWith("mcp.bridge.upstream.mcp-path: " + path + " (expected: a path");
	}

	@Test
	void anUpstreamWithoutAnyPathIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> settings(ATLASSIAN, null, null, false))
			.withMessageContaining("sse-path");
	}

	@Test
	void anUpstreamWithEventsAloneIsItsEventPath() {
		assertThat(settings(ATLASSIAN, null, "/v1/sse", false).endpoint())
			.hasToString("https://mcp.atlassian.com/v1/sse");
	}

	@ParameterizedTest
	@CsvSource({ "https://mcp.example.com, https://auth.example.com/token, true",
			"https://mcp.example.com, http://auth.example.com/token, false",
			"https://mcp.example.com, http://localhost:8080/token, false",
			"https://mcp.example.com, https://127.0.0.1/token, false",
			"http://localhost:1, http://localhost:2/token, true",
			"http://localhost:1, https://auth.example.com/token#a, false", "http://localhost:1, mailto:a@b, false" })
	void anEndpointSomebodyElseNamesMustNotLeadAstray(String url, URI endpoint, boolean allowed) {
		assertThat(settings(URI.create(url), "/mcp", null, false).allows(endpoint)).isEqualTo(allowed);
	}

	@Test
	void aFixedClientHasAnIdentifier() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Registration.Static(" ", null))
			.withMessageContaining("mcp.bridge.upstream.client-id");
	}

	private static UpstreamSettings settings(URI url, @Nullable String mcpPath, @Nullable String ssePath,
			boolean insecureHttp) {
		return new UpstreamSettings(UpstreamProfile.CUSTOM, url, mcpPath, ssePath,
				new IssuerPolicy(IssuerPolicy.Validation.STRICT, Set.of()), List.of(), new Registration.PerGrant(),
				CALLBACK, "Gateway", insecureHttp, UpstreamSettings.Limits.DEFAULT);
	}

}
