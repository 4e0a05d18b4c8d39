package dev.mcpbridge.authorization;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.nimbusds.jwt.SignedJWT;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What tests of the front desk say again and again.
 */
final class FrontDesk {

	/** Instead of a value: the parameter is left out. */
	static final String ABSENT = "(absent)";

	private FrontDesk() {
	}

	/** Registers whatever a client says about itself. */
	static HttpResponse<String> register(TestGateway gateway, String metadata) {
		return new Browser().send(HttpRequest.newBuilder(gateway.url("/register"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(metadata)));
	}

	/** Registers a client with these redirect URIs and returns its {@code client_id}. */
	static String registered(TestGateway gateway, String... redirectUris) {
		HttpResponse<String> answer = register(gateway, """
				{"redirect_uris": ["%s"], "token_endpoint_auth_method": "none"}
				""".formatted(String.join("\", \"", redirectUris)));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		return TestClient.json(answer).get("client_id").asString();
	}

	/** A copy with some parameters changed, or left out where {@link #ABSENT}. */
	static Map<String, String> with(Map<String, String> parameters, String... changes) {
		Map<String, String> changed = new LinkedHashMap<>(parameters);
		for (int index = 0; index < changes.length; index += 2) {
			if (changes[index + 1].equals(ABSENT)) {
				changed.remove(changes[index]);
			}
			else {
				changed.put(changes[index], changes[index + 1]);
			}
		}
		return changed;
	}

	/** The form a client redeems a code with. */
	static Map<String, String> redemption(TestClient client, String code) {
		Map<String, String> form = new LinkedHashMap<>();
		form.put("grant_type", "authorization_code");
		form.put("client_id", client.clientId());
		form.put("code", code);
		form.put("code_verifier", client.verifier());
		form.put("redirect_uri", TestClient.REDIRECT_URI);
		return form;
	}

	/** Signs in up to the client's redirect URI. */
	static String codeFor(TestClient client) {
		return TestClient.codeOf(client.approve(client.consent()));
	}

	/** A parameter of a URL; empty if it is not there. */
	static String parameter(URI url, String name) {
		return TestClient.parameters(url).getOrDefault(name, List.of("")).get(0);
	}

	/** The answers to one request that is sent many times at once. */
	static List<HttpResponse<String>> answersOf(int times, Supplier<HttpResponse<String>> request) {
		return Stream
			.generate(() -> CompletableFuture.supplyAsync(request, (work) -> new Thread(work, "caller").start()))
			.limit(times)
			.toList()
			.stream()
			.map(CompletableFuture::join)
			.toList();
	}

	/** What becomes of one request that is sent many times at once. */
	static List<Integer> statusesOf(int times, Supplier<HttpResponse<String>> request) {
		return answersOf(times, request).stream().map(HttpResponse::statusCode).toList();
	}

	/** The grant a bridge token stands for. */
	static String grantIdOf(String bridgeToken) {
		try {
			return SignedJWT.parse(bridgeToken).getJWTClaimsSet().getStringClaim("gid");
		}
		catch (ParseException ex) {
			throw new AssertionError("no bridge token", ex);
		}
	}

	/** The person sees an error, and is sent nowhere. */
	static void assertErrorPage(HttpResponse<String> answer, int status, String code) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Location")).isEmpty();
		assertThat(answer.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/html"));
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		assertThat(answer.body()).contains("<code id=\"error-code\">" + code + "</code>");
	}

	/** The client gets an error as JSON that nobody may cache. */
	static void assertError(HttpResponse<String> answer, int status, String code) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		assertThat(TestClient.json(answer).get("error").asString()).isEqualTo(code);
		assertThat(TestClient.json(answer).get("error_description").asString()).isNotBlank();
	}

	/** The client gets an error at its redirect URI, with its state and our name. */
	static void assertClientHears(HttpResponse<String> answer, TestGateway gateway, String code) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
		URI location = Browser.location(answer);
		assertThat(location.toString()).startsWith(TestClient.REDIRECT_URI + "?");
		Map<String, List<String>> parameters = TestClient.parameters(location);
		assertThat(parameters).containsEntry("error", List.of(code))
			.containsEntry("state", List.of(TestClient.STATE))
			.containsEntry("iss", List.of(gateway.url().toString()))
			.doesNotContainKey("code");
	}

}
