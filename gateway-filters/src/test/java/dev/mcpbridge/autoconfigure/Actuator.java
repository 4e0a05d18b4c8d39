package dev.mcpbridge.autoconfigure;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import tools.jackson.databind.JsonNode;

import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint {@code mcpbridge} on the management port.
 */
final class Actuator {

	private Actuator() {
	}

	static HttpResponse<String> get(TestGateway gateway, String rest) {
		return new Browser().get(url(gateway, rest));
	}

	static HttpResponse<String> delete(TestGateway gateway, String rest) {
		return new Browser().send(HttpRequest.newBuilder(url(gateway, rest)).DELETE());
	}

	static JsonNode json(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return TestClient.json(answer);
	}

	private static URI url(TestGateway gateway, String rest) {
		String port = gateway.bean(Environment.class).getRequiredProperty("local.management.port");
		return URI.create("http://localhost:%s/actuator/mcpbridge%s".formatted(port, rest));
	}

}
