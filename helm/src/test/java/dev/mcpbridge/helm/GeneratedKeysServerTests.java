package dev.mcpbridge.helm;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Objects;

import com.marcnuri.helm.Helm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import dev.mcpbridge.secret.KeyRing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys that Helm makes are good ones, are made once, and outlive upgrades and the release
 * itself.
 */
@EnabledIf(value = "dev.mcpbridge.helm.HelmLibrary#isExpected", disabledReason = "no Helm for this processor")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GeneratedKeysServerTests {

	static final Cluster cluster = Cluster.start();

	static String made = "";

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@Test
	@Order(1)
	void anInstallMakesAKeyThatSignsAndOneThatSeals() throws JOSEException, ParseException {
		install();
		made = keys();
		KeyRing ring = KeyRing.parse(made);
		RSAKey signing = ring.signingKey().toRSAKey();
		assertThat(signing.size()).isEqualTo(4096);
		assertThat(made).contains("\"kty\":\"oct\"");
		JWSObject token = new JWSObject(new JWSHeader(ring.signingAlgorithm()), new Payload("hello"));
		token.sign(new RSASSASigner(signing));
		assertThat(token.verify(new RSASSAVerifier(ring.publicKeys().getKeys().get(0).toRSAKey()))).isTrue();
	}

	@Test
	@Order(2)
	void everythingElseOfTheReleaseFitsItsModel() {
		assertThat(cluster.release().objects()).hasSizeGreaterThan(4).allSatisfy(StrictModels::check);
	}

	@Test
	@Order(3)
	void anUpgradeKeepsThem() {
		upgrade("replicaCount: 4");
		assertThat(cluster.find("deployments/bridge-mcp-bridge-gateway").orElseThrow().at("spec.replicas"))
			.isEqualTo(4);
		assertThat(keys()).isEqualTo(made);
		upgrade("podLabels: {tier: edge}");
		assertThat(keys()).isEqualTo(made);
	}

	@Test
	@Order(4)
	void soDoesTheEndOfTheRelease() {
		Helm.uninstall("bridge").withNamespace("mcp").withKubeConfigContents(cluster.kubeConfig()).call();
		assertThat(cluster.find("deployments/bridge-mcp-bridge-gateway")).isEmpty();
		assertThat(keys()).isEqualTo(made);
	}

	@Test
	@Order(5)
	void anInstallUnderTheSameNameFindsThem() {
		install();
		assertThat(cluster.find("deployments/bridge-mcp-bridge-gateway")).isPresent();
		assertThat(keys()).isEqualTo(made);
	}

	private static void install() {
		Chart.helm()
			.install()
			.withName("bridge")
			.withNamespace("mcp")
			.withKubeConfigContents(cluster.kubeConfig())
			.disableOpenApiValidation()
			.withValuesFile(Chart.shape("generated-keys"))
			.call();
	}

	private static void upgrade(String values) {
		Chart.helm()
			.upgrade()
			.withName("bridge")
			.withNamespace("mcp")
			.withKubeConfigContents(cluster.kubeConfig())
			.disableOpenApiValidation()
			.withValuesFile(Chart.shape("generated-keys"))
			.withValuesFile(Chart.file(values))
			.call();
	}

	private static String keys() {
		Manifest secret = cluster.find("secrets/bridge-mcp-bridge-gateway-keys").orElseThrow();
		Object encoded = Objects.requireNonNull(Yaml.asMap(secret.at("data")).get("keys.json"));
		return new String(Base64.getDecoder().decode(encoded.toString()), StandardCharsets.UTF_8);
	}

}
