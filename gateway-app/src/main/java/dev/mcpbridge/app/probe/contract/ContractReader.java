package dev.mcpbridge.app.probe.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the contracts that come with the jar.
 */
public final class ContractReader {

	/** The contracts there are. */
	public static final List<String> PROFILES = List.of("atlassian-v1", "atlassian-sse", "atlassian-authv2",
			"atlassian-v2", "mcp-bridge-gateway");

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private ContractReader() {
	}

	/**
	 * Reads a contract.
	 * @param profile one of {@link #PROFILES}
	 * @return the contract
	 */
	public static Contract read(String profile) {
		if (!PROFILES.contains(profile)) {
			throw new IllegalArgumentException(
					"--profile: %s (expected: one of %s)".formatted(profile, String.join(", ", PROFILES)));
		}
		JsonNode root = document("/contracts/" + profile + ".yaml");
		Map<String, StepContract> steps = new LinkedHashMap<>();
		root.path("steps").properties().forEach((step) -> steps.put(step.getKey(), step(step.getValue())));
		return new Contract(new Contract.Terms(profile, text(root, "upstream"), text(root, "transport"),
				text(root, "path"), text(root, "revision"), text(root, "tool"), root.path("arguments").toString()),
				steps);
	}

	private static StepContract step(JsonNode step) {
		Map<String, Expectation> facts = new LinkedHashMap<>();
		step.path("expect")
			.properties()
			.forEach((fact) -> facts.put(fact.getKey(), Expectation.of(fact.getKey(), fact.getValue())));
		return new StepContract(facts, text(step, "source"));
	}

	private static String text(JsonNode node, String member) {
		if (!node.path(member).isString()) {
			throw new IllegalArgumentException("contract: %s: none (expected: a text)".formatted(member));
		}
		return node.path(member).asString();
	}

	private static JsonNode document(String name) {
		try (InputStream stream = Objects.requireNonNull(ContractReader.class.getResourceAsStream(name), name)) {
			Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(stream);
			return MAPPER.valueToTree(document);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
