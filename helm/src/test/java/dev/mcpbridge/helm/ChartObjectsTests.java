package dev.mcpbridge.helm;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.marcnuri.helm.DryRun;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What the objects of a release say.
 */
@EnabledIf(value = "dev.mcpbridge.helm.HelmLibrary#isExpected", disabledReason = "no Helm for this processor")
class ChartObjectsTests {

	static final String POD = "spec.template.spec.";

	static final String CONTAINER = POD + "containers.0.";

	@ParameterizedTest
	@MethodSource("dev.mcpbridge.helm.ChartShapesTests#shapes")
	void everyPodIsRestricted(Path shape) {
		Manifest pods = Chart.render(shape).one("Deployment");
		assertThat(pods.at(POD + "securityContext"))
			.isEqualTo(Map.of("runAsNonRoot", true, "runAsUser", 65532, "runAsGroup", 65532, "fsGroup", 65532,
					"fsGroupChangePolicy", "OnRootMismatch", "seccompProfile", Map.of("type", "RuntimeDefault")));
		assertThat(pods.at(CONTAINER + "securityContext")).isEqualTo(Map.of("allowPrivilegeEscalation", false,
				"readOnlyRootFilesystem", true, "capabilities", Map.of("drop", List.of("ALL"))));
		assertThat(pods.at(POD + "automountServiceAccountToken")).isEqualTo(false);
		assertThat(pods.list(CONTAINER + "volumeMounts")).extracting("mountPath")
			.contains("/tmp", "/data", "/app/config");
	}

	@ParameterizedTest
	@MethodSource("dev.mcpbridge.helm.ChartShapesTests#shapes")
	void everyPodHasLongerToEndThanItMayTake(Path shape) {
		Release release = Chart.render(shape);
		Manifest pods = release.one("Deployment");
		Manifest configuration = new Manifest(release.configuration());
		int phase = seconds(configuration.at("spring.lifecycle.timeout-per-shutdown-phase"));
		int drain = seconds(configuration.at("mcp.bridge.stream.drain"));
		int pause = (int) Objects.requireNonNull(pods.at(CONTAINER + "lifecycle.preStop.sleep.seconds"));
		assertThat((int) Objects.requireNonNull(pods.at(POD + "terminationGracePeriodSeconds")))
			.isGreaterThanOrEqualTo(pause + 2 * phase + 5);
		assertThat(drain).isLessThan(phase);
	}

	@ParameterizedTest
	@MethodSource("dev.mcpbridge.helm.ChartShapesTests#shapes")
	void nobodyNeedsRightsInTheCluster(Path shape) {
		assertThat(Chart.render(shape).objects()).extracting(Manifest::kind)
			.noneMatch((kind) -> kind.contains("Role") || kind.endsWith("WebhookConfiguration")
					|| kind.equals("CustomResourceDefinition"));
	}

	@Test
	void probesAskTheHealthGroupsOfTheManagementPort() {
		Manifest pods = Chart.render(Chart.shape("embedded")).one("Deployment");
		assertThat(pods.at(CONTAINER + "startupProbe.httpGet.path")).isEqualTo("/actuator/health/liveness");
		assertThat(pods.at(CONTAINER + "livenessProbe.httpGet.path")).isEqualTo("/actuator/health/liveness");
		assertThat(pods.at(CONTAINER + "readinessProbe.httpGet.path")).isEqualTo("/actuator/health/readiness");
		assertThat(List.of("startup", "liveness", "readiness")).allSatisfy(
				(probe) -> assertThat(pods.at(CONTAINER + probe + "Probe.httpGet.port")).isEqualTo("management"));
		assertThat(pods.list(CONTAINER + "ports")).extracting("name", "containerPort")
			.containsExactlyInAnyOrder(tuple("http", 8080), tuple("management", 8081));
	}

	@ParameterizedTest
	@MethodSource("dev.mcpbridge.helm.ChartShapesTests#shapes")
	void everyFileThatIsNamedIsMounted(Path shape) {
		Release release = Chart.render(shape);
		List<Object> mounts = release.one("Deployment")
			.list(CONTAINER + "volumeMounts")
			.stream()
			.map((mount) -> mount.get("mountPath"))
			.toList();
		Matcher named = Pattern.compile("file:(/[^\\s,}]+)/")
			.matcher(release.configuration().toString() + release.environment());
		assertThat(named.results().map((file) -> (Object) file.group(1))).allMatch(mounts::contains);
	}

	@Test
	void redisIsTrustedByItsAuthorityAndKnowsUsByOurCertificate() {
		Release release = Chart.render(Chart.shape("tls"));
		Manifest configuration = new Manifest(release.configuration());
		assertThat(configuration.at("spring.data.redis.ssl")).isEqualTo(Map.of("bundle", "redis"));
		assertThat(configuration.at("spring.ssl.bundle.pem.redis"))
			.isEqualTo(Map.of("truststore", Map.of("certificate", "file:/etc/redis/ca/ca.crt"), "keystore", Map
				.of("certificate", "file:/etc/redis/client/tls.crt", "private-key", "file:/etc/redis/client/tls.key")));
		assertThat(release.one("Deployment").list(POD + "volumes")).extracting("name")
			.contains("redis-ca", "redis-client", "keys");
		assertThat(new Manifest(Chart.render(Chart.shape("tls-public")).configuration()).at("spring.data.redis.ssl"))
			.isEqualTo(Map.of("enabled", true));
	}

	@Test
	void aStoreOnAVolumeIsNeverOpenedByTwoPods() {
		Release release = Chart.render(Chart.shape("embedded"));
		assertThat(release.one("Deployment").at("spec.strategy")).isEqualTo(Map.of("type", "Recreate"));
		assertThat(release.one("Deployment").list(POD + "volumes")).contains(
				Map.of("name", "data", "persistentVolumeClaim", Map.of("claimName", "bridge-mcp-bridge-gateway")));
		assertThat(Yaml.asMap(release.one("PersistentVolumeClaim").at("metadata.annotations")))
			.containsEntry("helm.sh/resource-policy", "keep");
		assertThat(release.environment()).containsEntry("MCP_BRIDGE_DATADIR", "/data")
			.doesNotContainKey("MCP_BRIDGE_KEYS");
	}

	@Test
	void replicasAreReplacedOneByOneAndShareTheirKeys() {
		Release release = Chart.render(Chart.shape("redis"));
		assertThat(release.one("Deployment").at("spec.strategy.rollingUpdate"))
			.isEqualTo(Map.of("maxUnavailable", 0, "maxSurge", 1));
		assertThat(release.all("PersistentVolumeClaim")).isEmpty();
		assertThat(release.environment()).containsEntry("MCP_BRIDGE_KEYS", "file:/keys/keys.json")
			.containsEntry("SPRING_DATA_REDIS_PASSWORD", "redis-login/password")
			.containsEntry("SPRING_DATA_REDIS_USERNAME", "redis-login/username");
		assertThat(release.one("Deployment").at(POD + "volumes.3.secret.secretName")).isEqualTo("bridge-keys");
	}

	@Test
	void aChangedConfigurationReplacesThePods() {
		String checksum = "spec.template.metadata.annotations";
		assertThat(Chart.render("embedded", "config: {mcp: {bridge: {token: {lifetime: 8h}}}}")
			.one("Deployment")
			.at(checksum)).isNotEqualTo(Chart.render(Chart.shape("embedded")).one("Deployment").at(checksum));
	}

	@Test
	void routesOfATeamTakeNothingFromTheApps() {
		Manifest configuration = new Manifest(Chart.render(Chart.shape("extra-routes")).configuration());
		assertThat(configuration.at("mcp.bridge.extra-routes.0.id")).isEqualTo("hello");
		assertThat(configuration.at("mcp.bridge.extra-routes.0.filters.0.args.heartbeat")).isEqualTo("15s");
		assertThat(configuration.at("spring.cloud")).isNull();
	}

	@Test
	void theAutoscalerAloneSaysHowManyReplicasThereAre() {
		assertThat(Chart.render(Chart.shape("autoscaled")).one("Deployment").at("spec.replicas")).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "ingress, Ingress", "gateway-api, HTTPRoute" })
	void nothingFromOutsideReachesTheManagementPort(String shape, String kind) {
		Release release = Chart.render(Chart.shape(shape));
		String outside = release.one(kind).content().toString();
		assertThat(outside).contains("mcp.example.com").doesNotContain("management").doesNotContain("8081");
		assertThat(release.all("Service")).filteredOn((service) -> !service.name().endsWith("-management"))
			.singleElement()
			.satisfies((service) -> assertThat(service.list("spec.ports")).extracting("targetPort")
				.containsExactly("http"));
	}

	@Test
	void proxiesNeitherBufferNorCutStreams() {
		assertThat(Yaml.asMap(Chart.render(Chart.shape("ingress")).one("Ingress").at("metadata.annotations")))
			.containsEntry("nginx.ingress.kubernetes.io/proxy-buffering", "off")
			.containsEntry("nginx.ingress.kubernetes.io/proxy-read-timeout", "3600")
			.containsEntry("nginx.ingress.kubernetes.io/proxy-body-size", "10m")
			.containsEntry("cert-manager.io/cluster-issuer", "letsencrypt");
		assertThat(Chart.render(Chart.shape("gateway-api")).one("HTTPRoute").at("spec.rules.0.timeouts"))
			.isEqualTo(Map.of("request", "0s", "backendRequest", "0s"));
	}

	@Test
	void monitoringAloneReachesTheManagementPort() {
		Manifest policy = Chart.render(Chart.shape("monitored")).one("NetworkPolicy");
		assertThat(policy.list("spec.ingress")).filteredOn((rule) -> rule.toString().contains("management"))
			.singleElement()
			.satisfies((rule) -> assertThat(rule).containsKey("from"));
		assertThat(Chart.render(Chart.shape("sentinel")).one("NetworkPolicy").list("spec.ingress")).hasSize(1);
	}

	@Test
	void redisIsReachedOnItsPortsAndThoseOfItsSentinels() {
		Manifest policy = Chart.render(Chart.shape("sentinel")).one("NetworkPolicy");
		assertThat(policy.list("spec.egress.2.ports")).extracting("port").containsExactlyInAnyOrder(26379, 6379);
	}

	@Test
	void theNotesSayWhatIsNext() {
		String notes = Chart.helm()
			.install()
			.clientOnly()
			.withDryRunOption(DryRun.CLIENT)
			.withKubeVersion(Chart.KUBERNETES)
			.withName("bridge")
			.withNamespace("mcp")
			.withValuesFile(Chart.shape("embedded"))
			.call()
			.getOutput();
		assertThat(notes).contains("https://mcp.example.com/**")
			.contains("Give people https://mcp.example.com/mcp")
			.contains(
					"kubectl --namespace mcp exec deployment/bridge-mcp-bridge-gateway -- java -jar /app/gateway-app.jar doctor");
	}

	private static int seconds(@Nullable Object duration) {
		return Integer.parseInt(String.valueOf(duration).replaceFirst("s$", ""));
	}

}
