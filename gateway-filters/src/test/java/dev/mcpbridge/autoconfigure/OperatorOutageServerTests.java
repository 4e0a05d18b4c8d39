package dev.mcpbridge.autoconfigure;

import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;

import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.FailingStore;
import dev.mcpbridge.store.MemoryStore;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An operator is told that the store is away, not that the gateway is broken.
 */
class OperatorOutageServerTests {

	@ParameterizedTest
	@EnumSource(names = { "SIGNALS", "THROWS" })
	void aStoreThatCannotAnswerIs503(FailingStore.Failure failure) {
		try (TestGateway gateway = TestGateway.of(WithFailingStore.class)
			.property("mcp.bridge.authorization-server.enabled", "true")
			.property("management.server.port", "0")
			.property("management.endpoints.web.exposure.include", "*")
			.start()) {
			assertThat(Actuator.get(gateway, "").statusCode()).isEqualTo(200);
			gateway.bean(FailingStore.class).fail(failure);
			List<HttpResponse<String>> answers = List.of(Actuator.get(gateway, ""), Actuator.get(gateway, "/grants"),
					Actuator.delete(gateway, "?person=somebody"), Actuator.delete(gateway, "?grant=one"));
			assertThat(answers).allSatisfy((answer) -> {
				assertThat(answer.statusCode()).isEqualTo(503);
				assertThat(answer.body()).isEqualTo("{\"error\":\"the store cannot answer; try again\"}");
			});
			gateway.bean(FailingStore.class).fail(FailingStore.Failure.NONE);
			assertThat(Actuator.get(gateway, "/grants").body()).isEqualTo("{\"grants\":[]}");
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class WithFailingStore {

		@Bean
		BridgeStore store() {
			return new FailingStore(new MemoryStore(InstantSource.system(), 10));
		}

	}

}
