package dev.mcpbridge.load;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Gateways are compared that differ in our library, and in nothing else. */
class ClassPathTests {

	static final Path LIBRARY = Path.of("library.jar");

	@Test
	void aBareGatewayHasNothingOfOursAndNoActuator() {
		assertThat(ClassPath.of(ProxyKind.BARE, LIBRARY, false)).contains("spring-cloud-gateway-server-webflux")
			.doesNotContain("library.jar", "gateway-filters", "nimbus", "actuator", "redis", "junit",
					"micrometer-core");
	}

	@Test
	void theLibraryComesWithWhatItNeeds() {
		assertThat(ClassPath.of(ProxyKind.LIBRARY, LIBRARY, false))
			.contains("spring-cloud-gateway-server-webflux", "library.jar", "nimbus-jose-jwt", "caffeine", "h2-mvstore")
			.doesNotContain("actuator", "junit");
	}

	@Test
	void metricsAreAddedToBoth() {
		assertThat(ClassPath.of(ProxyKind.BARE, LIBRARY, true)).contains("actuator", "micrometer-registry-prometheus")
			.doesNotContain("library.jar");
	}

}
