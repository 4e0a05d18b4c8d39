package dev.mcpbridge.doctor;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.upstream.IssuerPolicy;
import dev.mcpbridge.upstream.IssuerPolicy.Validation;
import dev.mcpbridge.upstream.Registration;
import dev.mcpbridge.upstream.Upstream;
import dev.mcpbridge.upstream.UpstreamHttp;
import dev.mcpbridge.upstream.UpstreamProfile;
import dev.mcpbridge.upstream.UpstreamSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.netty.http.client.HttpClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Upstreams of which one thing is not as it should be.
 */
class UpstreamRoundServerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final URI CALLBACK = URI.create("https://gateway.example/oauth/callback");

	/** Allows the callback of nobody we know. */
	static final AtlassianSimulator atlassian = AtlassianSimulator.builder().redirectHosts("elsewhere.example").start();

	static final AtlassianSimulator stranger = AtlassianSimulator.builder().issuer("https://stranger.example").start();

	static final AtlassianSimulator authv2 = AtlassianSimulator.builder().authv2().start();

	@AfterAll
	static void stop() {
		atlassian.close();
		stranger.close();
		authv2.close();
	}

	@AfterEach
	void repair() {
		atlassian.faults().clear();
	}

	@Test
	void anUpstreamWithResourceMetadataIsInOrder() {
		List<Finding> findings = look(settings(authv2.url(), Validation.PINNED));
		assertThat(troubles(findings)).isEqualTo(Map.of("upstream.callback", Severity.SKIPPED));
		assertThat(findings.toString()).contains("its resource metadata names the server");
	}

	@ParameterizedTest
	@EnumSource(names = { "PINNED", "STRICT" })
	void anIssuerNobodyNamedIsOneFinding(Validation validation) {
		assertThat(troubles(look(settings(stranger.url(), validation))))
			.isEqualTo(Map.of("upstream.issuer", Severity.FAILURE));
	}

	@Test
	void anIssuerNobodyComparedIsAWarning() {
		assertThat(troubles(look(settings(stranger.url(), Validation.OFF))))
			.isEqualTo(Map.of("upstream.issuer", Severity.WARNING, "upstream.callback", Severity.SKIPPED));
	}

	@Test
	void metadataThatCannotBeHadIsOneFinding() {
		atlassian.faults().always(Endpoint.DISCOVERY, Fault.status(500));
		assertThat(troubles(look(settings(atlassian.url(), Validation.PINNED))))
			.isEqualTo(Map.of("upstream.discovery", Severity.FAILURE));
	}

	@Test
	void anUpstreamThatIsAwayIsOneFinding() {
		AtlassianSimulator gone = AtlassianSimulator.start();
		gone.close();
		assertThat(troubles(look(settings(gone.url(), Validation.PINNED))))
			.isEqualTo(Map.of("upstream.discovery", Severity.FAILURE));
	}

	@Test
	void aCallbackThatIsNotOnTheListShowsByRegistering() {
		UpstreamSettings settings = settings(atlassian.url(), Validation.PINNED);
		int before = atlassian.registrations();
		assertThat(troubles(look(settings))).isEqualTo(Map.of("upstream.callback", Severity.SKIPPED));
		assertThat(atlassian.registrations()).as("without being told to").isEqualTo(before);
		List<Finding> findings = round(settings).lookAndRegister().collectList().blockOptional(PATIENCE).orElseThrow();
		assertThat(troubles(findings)).isEqualTo(Map.of("upstream.callback", Severity.FAILURE));
		assertThat(findings.toString()).contains(CALLBACK + " allowed there",
				"Your organization admin must authorize access from this domain");
	}

	private static List<Finding> look(UpstreamSettings settings) {
		return round(settings).look().collectList().blockOptional(PATIENCE).orElseThrow();
	}

	private static UpstreamRound round(UpstreamSettings settings) {
		InstantSource clock = InstantSource.system();
		HttpClient client = HttpClient.create();
		Upstream upstream = Upstream.of(new UpstreamHttp(client, settings.limits(), clock), settings, clock);
		return new UpstreamRound(upstream.survey(), settings, settings.mcpPath(), null, new Requests(client, clock));
	}

	private static UpstreamSettings settings(URI url, Validation validation) {
		boolean modern = url.equals(authv2.url());
		UpstreamProfile profile = modern ? UpstreamProfile.ATLASSIAN_AUTHV2 : UpstreamProfile.ATLASSIAN_V1;
		Set<String> pinned = profile.issuers();
		return new UpstreamSettings(profile, url, profile.mcpPath(), profile.ssePath(),
				new IssuerPolicy(validation, pinned), profile.scopes(), new Registration.PerGrant(), CALLBACK,
				"Doctor's test", false, UpstreamSettings.Limits.DEFAULT);
	}

	private static Map<String, Severity> troubles(List<Finding> findings) {
		Map<String, Severity> troubles = new TreeMap<>();
		findings.stream()
			.filter((finding) -> finding.severity() != Severity.OK)
			.forEach((finding) -> troubles.put(finding.check().id(), finding.severity()));
		return troubles;
	}

}
