package dev.mcpbridge.helm;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The manifests in {@code k8s} are what the chart makes, and kustomize builds them.
 */
@EnabledIf(value = "dev.mcpbridge.helm.Kustomize#isExpected", disabledReason = "no Helm or no kubectl kustomize")
class ManifestsTests {

	static final String MADE = "# Made from the chart; see README.md.\n";

	/** Overlays are built on the base, so nothing may be built before all is written. */
	@BeforeAll
	static void writeAnew() {
		if (Written.anew()) {
			checkBase(PlainManifests.render("embedded"));
			checkProduction(PlainManifests.render("production"));
		}
	}

	@Test
	void theBaseIsTheChartsDefault() {
		Release rendered = PlainManifests.render("embedded");
		checkBase(rendered);
		assertThat(Yaml.map(Chart.read(Kustomize.MANIFESTS.resolve("base/kustomization.yaml"))).get("resources"))
			.isEqualTo(rendered.objects().stream().map(PlainManifests::file).sorted().toList());
		assertThat(comparable(Kustomize.build("base"))).isEqualTo(comparable(rendered));
	}

	@Test
	void productionIsWhatTheChartMakesOfItsValues() {
		Release rendered = PlainManifests.render("production");
		checkProduction(rendered);
		assertThat(comparable(Kustomize.build("overlays/production"))).isEqualTo(comparable(rendered));
	}

	@ParameterizedTest
	@ValueSource(strings = { "base", "overlays/dev", "overlays/production" })
	void everyObjectFitsItsModel(String directory) {
		assertThat(Kustomize.build(directory).objects()).hasSizeGreaterThan(5).allSatisfy(StrictModels::check);
	}

	@Test
	void devNeedsNothingThatIsNotThere() {
		Release dev = Kustomize.build("overlays/dev");
		Manifest gateway = find(dev, "Deployment/mcp-bridge-gateway");
		assertThat(new Release(List.of(gateway)).environment())
			.containsEntry("MCP_BRIDGE_PUBLICURL", "http://localhost:8080")
			.containsEntry("MCP_BRIDGE_STORE", "redis")
			.containsEntry("SPRING_DATA_REDIS_HOST", find(dev, "Service/mcp-bridge-redis").name())
			.allSatisfy((name,
					value) -> assertThat(new PropertyNames().containsVariable(name) || name.equals("JAVA_TOOL_OPTIONS"))
						.isTrue());
		assertThat(find(dev, "Service/mcp-bridge-redis").at("spec.selector"))
			.isEqualTo(find(dev, "Deployment/mcp-bridge-redis").at("spec.template.metadata.labels"));
		assertThat(gateway.list("spec.template.spec.volumes")).noneMatch((volume) -> volume.containsKey("secret"));
		assertThat(dev.all("PersistentVolumeClaim")).extracting(Manifest::name)
			.containsExactly(
					String.valueOf(gateway.at("spec.template.spec.volumes.1.persistentVolumeClaim.claimName")));
	}

	private static void checkBase(Release rendered) {
		rendered.objects().forEach((object) -> check("base/", object));
	}

	private static void checkProduction(Release rendered) {
		Set<String> patched = Set.of("Deployment", "ServiceAccount", "Service");
		rendered.objects()
			.stream()
			.filter((object) -> !patched.contains(object.kind()))
			.forEach((object) -> check("overlays/production/", object));
	}

	private static Manifest find(Release release, String object) {
		return release.objects().stream().filter((found) -> found.toString().equals(object)).findFirst().orElseThrow();
	}

	private static void check(String directory, Manifest object) {
		Written.check(Kustomize.MANIFESTS.resolve(directory + PlainManifests.file(object)),
				MADE + Yaml.text(object.content()));
	}

	/** Kustomize puts what it adds to a list first. */
	private static Map<String, Object> comparable(Release release) {
		return release.objects()
			.stream()
			.collect(Collectors.toMap(Manifest::toString, (object) -> sorted(object.content()), (one, other) -> one,
					TreeMap::new));
	}

	private static Object sorted(Object part) {
		if (part instanceof Map<?, ?> map) {
			return Yaml.asMap(map)
				.entrySet()
				.stream()
				.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> sorted(entry.getValue()), (one, other) -> one,
						TreeMap::new));
		}
		if (part instanceof List<?> list) {
			Function<Object, String> name = String::valueOf;
			return list.stream().map(ManifestsTests::sorted).sorted(Comparator.comparing(name)).toList();
		}
		return part;
	}

}
