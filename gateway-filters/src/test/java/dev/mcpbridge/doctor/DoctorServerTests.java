package dev.mcpbridge.doctor;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.mcpbridge.doctor.Ingress.Flaw;
import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.Endpoint;
import dev.mcpbridge.simulator.Fault;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;

import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway between an ingress and Atlassian: all is well, and then each fault gives its
 * one finding and nothing else.
 */
class DoctorServerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** What cannot be looked at without registering a client. */
	private static final Map<String, Severity> WELL = Map.of("upstream.callback", Severity.SKIPPED);

	static final AtlassianSimulator atlassian = AtlassianSimulator.builder().redirectHosts("elsewhere.example").start();

	static final Ingress ingress = new Ingress();

	static Path keys;

	static TestGateway gateway;

	@BeforeAll
	static void start(@TempDir Path directory) {
		keys = directory.resolve("keys.json");
		KeyFile.openOrCreate(keys);
		gateway = gateway(atlassian.url(), ingress.url()).start();
		ingress.to(gateway.url());
	}

	@AfterAll
	static void stop() {
		gateway.close();
		ingress.close();
		atlassian.close();
	}

	@AfterEach
	void repair() {
		ingress.have();
		ingress.and(null);
		atlassian.faults().clear();
	}

	@Test
	void aGatewayInOrderHasNothingToRepair() {
		Report report = examine(gateway);
		assertThat(troubles(report)).isEqualTo(WELL);
		assertThat(report.result()).isEqualTo(Severity.OK);
		assertThat(report.findings()).extracting((finding) -> finding.check().id())
			.contains("public.stream", "public.keys", "public.cors", "upstream.issuer", "upstream.clock", "keys.file",
					"store.file");
	}

	@ParameterizedTest
	@CsvSource({ "NOBODY_BEHIND, public.reach, SKIPPED", "SHORT_HEADERS, public.header-size, FAILURE",
			"SHORT_REQUEST_LINE, public.request-line, FAILURE", "OTHER_HOST, public.host, FAILURE",
			"BUFFERING, public.stream, FAILURE", "DOUBLED_CORS, public.cors, FAILURE",
			"NO_EXPOSED_HEADERS, public.cors, FAILURE", "OWN_CHALLENGE, public.challenge, FAILURE",
			"NO_CHALLENGE, public.challenge, FAILURE" })
	void eachFlawOfTheIngressIsOneFinding(Flaw flaw, String check, Severity severity) {
		ingress.have(flaw);
		assertThat(troubles(examine(gateway))).isEqualTo(with(check, severity));
	}

	@Test
	void replicasWithOtherKeysAreFound() {
		try (TestGateway other = gateway(atlassian.url(), ingress.url()).property("mcp.bridge.keys", "").start()) {
			ingress.and(other.url());
			assertThat(troubles(examine(gateway))).isEqualTo(with("public.keys", Severity.FAILURE));
		}
	}

	@ParameterizedTest
	@CsvSource({ "DISCOVERY, 404, upstream.discovery, WARNING", "MCP, 404, upstream.mcp, FAILURE",
			"MCP, 403, upstream.mcp, FAILURE", "MCP, 500, upstream.mcp, FAILURE" })
	void eachFaultOfTheUpstreamIsOneFinding(Endpoint endpoint, int status, String check, Severity severity) {
		atlassian.faults().always(endpoint, Fault.status(status));
		assertThat(troubles(examine(gateway))).isEqualTo(with(check, severity));
	}

	@ParameterizedTest
	@CsvSource({ "10, WARNING", "60, FAILURE", "-60, FAILURE" })
	void aClockThatIsOffIsFound(long seconds, Severity severity) {
		atlassian.clock().advance(Duration.ofSeconds(seconds));
		Map<String, Severity> troubles = troubles(examine(gateway));
		atlassian.clock().advance(Duration.ofSeconds(-seconds));
		assertThat(troubles).isEqualTo(with("upstream.clock", severity));
	}

	@Test
	void aKeyFileForEverybodyIsFound() throws Exception {
		Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
		Map<String, Severity> troubles = troubles(examine(gateway));
		Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
		assertThat(troubles).isEqualTo(with("keys.permissions", Severity.WARNING));
	}

	@Test
	void aCallbackThatIsNotAllowedShowsByRegistering() {
		int before = atlassian.registrations();
		Report report = gateway.bean(Doctor.class).examineAndRegister().blockOptional(PATIENCE).orElseThrow();
		assertThat(troubles(report)).as("a loopback callback is always allowed").isEmpty();
		assertThat(atlassian.registrations()).isEqualTo(before + 1);
		atlassian.faults().always(Endpoint.REGISTER, Fault.status(403));
		Report refused = gateway.bean(Doctor.class).examineAndRegister().blockOptional(PATIENCE).orElseThrow();
		assertThat(troubles(refused)).isEqualTo(Map.of("upstream.callback", Severity.FAILURE));
	}

	@Test
	void askingAgainGivesTheSameReportAndAsksNobody() {
		String port = gateway.bean(Environment.class).getRequiredProperty("local.management.port");
		URI endpoint = URI.create("http://localhost:%s/actuator/mcpdoctor".formatted(port));
		JsonNode first = TestClient.json(new Browser().get(endpoint));
		int asked = atlassian.requests(Endpoint.DISCOVERY).size();
		JsonNode second = TestClient.json(new Browser().get(endpoint));
		assertThat(second).isEqualTo(first);
		assertThat(atlassian.requests(Endpoint.DISCOVERY)).hasSize(asked);
		assertThat(first.get("result").asString()).isEqualTo("OK");
		assertThat(first.get("findings").get(0).get("check").asString()).isEqualTo("config.start");
	}

	@Test
	void moreThanFiveAtATimeAreToldToWait() {
		List<Integer> answers = Flux.range(0, 12)
			.flatMap((index) -> HttpClient.newConnection()
				.get()
				.uri(gateway.url(DiagnosticStream.PATH))
				.responseSingle((response, content) -> content.thenReturn(response.status().code())), 12)
			.collectList()
			.blockOptional(PATIENCE)
			.orElseThrow();
		assertThat(answers).contains(200, 503).hasSize(12);
		assertThat(answers.stream().filter((status) -> status == 503).count()).isGreaterThanOrEqualTo(5);
	}

	private static TestGateway.Builder gateway(URI upstream, URI publicUrl) {
		return TestGateway.inFrontOf(upstream)
			.property("mcp.bridge.public-url", publicUrl.toString())
			.property("mcp.bridge.keys", keys.toString())
			.property("mcp.bridge.store", "embedded")
			.property("mcp.bridge.upstream.metadata-cache", "0s")
			.property("management.server.port", "0")
			.property("management.endpoints.web.exposure.include", "mcpdoctor")
			.bean(DiagnosticStream.class, new DiagnosticStream(Duration.ofMillis(150)));
	}

	/** Fresh: the checks themselves, without what is remembered. */
	private static Report examine(TestGateway gateway) {
		return gateway.bean(Doctor.class).examineAgain().blockOptional(PATIENCE).orElseThrow();
	}

	private static Map<String, Severity> troubles(Report report) {
		Map<String, Severity> troubles = new TreeMap<>();
		report.findings()
			.stream()
			.filter((finding) -> finding.severity() != Severity.OK)
			.forEach((finding) -> troubles.put(finding.check().id(), finding.severity()));
		return troubles;
	}

	private static Map<String, Severity> with(String check, Severity severity) {
		Map<String, Severity> troubles = new TreeMap<>(WELL);
		troubles.put(check, severity);
		return troubles;
	}

}
