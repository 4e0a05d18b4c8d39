package dev.mcpbridge.app.probe.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import dev.mcpbridge.app.probe.contract.Contract;
import dev.mcpbridge.app.probe.contract.ContractReader;
import dev.mcpbridge.app.probe.contract.Finding;
import dev.mcpbridge.app.probe.token.Redaction;
import dev.mcpbridge.app.probe.token.TokenShape;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.UpstreamProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contracts speak of steps that exist, and say how they know.
 */
class ContractsTests {

	static final List<String> profiles = ContractReader.PROFILES;

	static final Set<String> STEPS = Arrays.stream(LifecycleStep.values())
		.map(LifecycleStep::id)
		.collect(Collectors.toSet());

	@ParameterizedTest
	@FieldSource("profiles")
	void aContractSpeaksOfStepsAndSaysHowItKnows(String profile) {
		Contract contract = ContractReader.read(profile);
		assertThat(contract.steps()).isNotEmpty().isSubsetOf(STEPS);
		assertThat(contract.steps()).allSatisfy(
				(step) -> assertThat(contract.judge(step, "", new Finding.Skipped(""), Duration.ZERO).step().source())
					.hasSizeGreaterThan(5));
	}

	@ParameterizedTest
	@FieldSource("profiles")
	void aContractSpeaksToTheServiceAsTheGatewayDoes(String profile) {
		Contract.Terms terms = ContractReader.read(profile).terms();
		UpstreamProfile upstream = UpstreamProfile.valueOf(terms.upstream().toUpperCase(Locale.ROOT).replace('-', '_'));
		if (upstream != UpstreamProfile.CUSTOM) {
			assertThat(terms.path())
				.isEqualTo(terms.transport().equals("sse") ? upstream.ssePath() : upstream.mcpPath());
		}
		assertThat(terms.profile()).isEqualTo(profile);
	}

	@Test
	void thePageNamesEveryStepAndContract() throws IOException {
		String page = Files.readString(Path.of("docs/probe.md"));
		assertThat(STEPS).allSatisfy((step) -> assertThat(page).contains("| `" + step + "` |"));
		assertThat(profiles).allSatisfy((profile) -> assertThat(page).contains("| `" + profile + "` |"));
	}

	@Test
	void aShapeHasNoCharacterOfItsToken() {
		assertThat(TokenShape.of(Secret.of("a".repeat(24) + ":" + "b".repeat(16) + ":" + "c".repeat(32))).text())
			.isEqualTo("opaque, parts of 24:16:32");
		assertThat(TokenShape.of(Secret.of("gho_16C7e42F292c6912E7710c838347Ae178B4a")).text())
			.isEqualTo("opaque, 40 characters");
		assertThat(TokenShape.of(Secret.of("a.b.c")).text()).isEqualTo("opaque, 5 characters");
		assertThat(TokenShape.of(Secret.of("a.b.c.d.e")).text()).isEqualTo("JWE");
		assertThat(TokenShape.of(null).text()).isEqualTo("none");
		// {"alg":"RS256"} and {"sub":"x","exp":1}
		assertThat(TokenShape.of(Secret.of("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4IiwiZXhwIjoxfQ.c2ln")).text())
			.isEqualTo("JWT RS256 with exp, sub");
	}

	@Test
	void partsThatStayAreCounted() {
		assertThat(TokenShape.partsKept(Secret.of("a:b:c"), Secret.of("a:b:d"))).isEqualTo("1 and 2");
		assertThat(TokenShape.partsKept(Secret.of("a:b:c"), Secret.of("x:y:z"))).isEqualTo("none");
		assertThat(TokenShape.partsKept(Secret.of("a:b:c"), Secret.of("a:b"))).isNull();
		assertThat(TokenShape.partsKept(Secret.of("abc"), Secret.of("abd"))).isNull();
	}

	@Test
	void secretsAndTheirPartsAreTakenOutOfTexts() {
		Redaction redaction = new Redaction();
		redaction.learn(Secret.of("5cab6ba65d3a4c096bc47e88:short:P6nFkk7Bi44MF5DTyaXnIjvvFC6HPXL7"));
		assertThat(redaction.clean("got 5cab6ba65d3a4c096bc47e88:short:P6nFkk7Bi44MF5DTyaXnIjvvFC6HPXL7, of "
				+ "5cab6ba65d3a4c096bc47e88; a short one\u001b[2J"))
			.isEqualTo("got ***, of ***; a short one?[2J");
	}

}
