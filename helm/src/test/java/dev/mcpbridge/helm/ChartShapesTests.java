package dev.mcpbridge.helm;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every supported shape is what Kubernetes and its operators understand.
 */
@EnabledIf(value = "dev.mcpbridge.helm.HelmLibrary#isExpected", disabledReason = "no Helm for this processor")
class ChartShapesTests {

	@Test
	void everyKindTheChartHasIsInAShape() {
		assertThat(shapes().stream().flatMap((shape) -> Chart.render(shape).objects().stream()).map(Manifest::kind))
			.contains("Deployment", "Service", "ServiceAccount", "ConfigMap", "PersistentVolumeClaim", "ExternalSecret",
					"Ingress", "HTTPRoute", "HorizontalPodAutoscaler", "PodDisruptionBudget", "NetworkPolicy",
					"ServiceMonitor", "PodMonitor");
	}

	@Test
	void lintFindsNothing() {
		var result = Chart.helm().lint().strict().call();
		assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
	}

	@ParameterizedTest
	@MethodSource("shapes")
	void everyObjectFitsItsModel(Path shape) {
		assertThat(Chart.render(shape).objects()).hasSizeGreaterThan(3).allSatisfy(StrictModels::check);
	}

	/** Generated keys need a cluster to look into, and have tests of their own. */
	static List<Path> shapes() {
		return Chart.shapes().stream().filter((shape) -> !shape.endsWith("generated-keys-values.yaml")).toList();
	}

}
