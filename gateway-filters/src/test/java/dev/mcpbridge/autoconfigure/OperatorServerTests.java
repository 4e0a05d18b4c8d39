package dev.mcpbridge.autoconfigure;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.mcpbridge.secret.Fingerprint;
import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.store.LocalRedis;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An operator asks one replica, and all of them obey.
 */
class OperatorServerTests {

	static final Duration PATIENCE = Duration.ofSeconds(10);

	static final String ANN = "a".repeat(24);

	static final String BOB = "b".repeat(24);

	static final AtlassianSimulator atlassian = AtlassianSimulator.start();

	static final LocalRedis redis = LocalRedis.start();

	static TestGateway one;

	static TestGateway other;

	@BeforeAll
	static void start(@TempDir Path directory) {
		Path keys = directory.resolve("keys.json");
		KeyFile.openOrCreate(keys);
		one = replica(keys).start();
		other = replica(keys).property("mcp.bridge.public-url", one.url().toString()).start();
	}

	@AfterAll
	static void stop() {
		other.close();
		one.close();
		redis.close();
		atlassian.close();
	}

	@BeforeEach
	void forgetEverybody() {
		redis.redis().delete(redis.redis().keys("mcp-bridge:*")).block(PATIENCE);
	}

	@Test
	void grantsAreCountedByWhatTheyAreGoodFor() {
		signIn(ANN);
		signIn(ANN);
		signIn(BOB);
		redis.redis().opsForValue().set("mcp-bridge:{garbage}:grant", "3 garbage").block(PATIENCE);
		Actuator.delete(one, "?person=" + BOB);
		JsonNode count = Actuator.json(Actuator.get(other, ""));
		assertThat(count.toString()).isEqualTo("{\"alive\":2,\"ended\":1,\"unreadable\":1}");
	}

	@Test
	void theListTellsEverythingButSecrets() {
		SignedIn ann = signIn(ANN);
		HttpResponse<String> answer = Actuator.get(other, "/grants");
		JsonNode entry = Actuator.json(answer).get("grants").get(0);
		assertThat(entry.propertyNames()).containsExactly("id", "person", "client", "clientName", "scope", "resource",
				"authorizedAt", "generation", "upstreamIssuedAt", "upstreamExpiresAt", "ended");
		assertThat(entry.get("client").asString()).isEqualTo(Fingerprint.of(ann.client().clientId()));
		assertThat(entry.get("clientName").asString()).isEqualTo("Test client");
		assertThat(entry.get("resource").asString()).isEqualTo(one.url("/mcp").toString());
		assertThat(entry.get("upstreamExpiresAt").asString()).isGreaterThan(entry.get("upstreamIssuedAt").asString());
		assertThat(entry.get("ended").asBoolean()).isFalse();
		assertThat(answer.body()).doesNotContain(ANN, ann.client().clientId());
		assertThat(atlassian.issuedTokens()).isNotEmpty().noneMatch(answer.body()::contains);
	}

	@Test
	void aLongListComesInPartsWithoutGapsOrRepetitions() {
		List.of(ANN, BOB, ANN, BOB, ANN).forEach(OperatorServerTests::signIn);
		List<String> ids = new ArrayList<>();
		String after = "";
		for (int part = 0; part < 3; part++) {
			JsonNode page = Actuator.json(Actuator.get(one, "/grants?limit=2" + after));
			page.get("grants").forEach((grant) -> ids.add(grant.get("id").asString()));
			after = "&after=" + page.path("next").asString("");
		}
		assertThat(ids).hasSize(5).doesNotHaveDuplicates().isSorted();
		assertThat(after).as("the end of the list").isEqualTo("&after=");
	}

	@Test
	void theListOfOneClientOrPersonHoldsNobodyElse() {
		SignedIn ann = signIn(ANN);
		signIn(BOB);
		List<JsonNode> all = List.of(listed("?client=" + ann.client().clientId()),
				listed("?client=" + Fingerprint.of(ann.client().clientId())), listed("?person=" + ANN));
		assertThat(all).allSatisfy((page) -> assertThat(page.get("grants")).hasSize(1)).containsOnly(all.get(0));
		String pseudonym = all.get(0).get("grants").get(0).get("person").asString();
		assertThat(listed("?person=" + pseudonym)).isEqualTo(all.get(0));
		assertThat(listed("?person=nobody").get("grants")).isEmpty();
	}

	@Test
	void anEndedGrantIsOverAtEveryReplicaFromTheNextRequestOn() {
		SignedIn ann = signIn(ANN);
		SignedIn bob = signIn(BOB);
		String grant = listed("?person=" + ANN).get("grants").get(0).get("id").asString();
		assertThat(call(ann)).isEqualTo(200);
		assertThat(ended(one, "?grant=" + grant)).isEqualTo(1);
		HttpResponse<String> refused = ann.client()
			.call(other.url("/mcp").toString(), ann.tokens().accessToken(), "{}");
		assertThat(refused.statusCode()).isEqualTo(401);
		assertThat(refused.headers().firstValue("WWW-Authenticate"))
			.hasValueSatisfying((challenge) -> assertThat(challenge).contains("error=\"invalid_token\""));
		assertThat(ann.client().refresh(ann.tokens().refreshToken()).body()).contains("invalid_grant");
		assertThat(call(bob)).isEqualTo(200);
		assertThat(bob.client().refresh(bob.tokens().refreshToken()).statusCode()).isEqualTo(200);
		assertThat(ended(other, "?grant=" + grant)).as("ended before").isZero();
	}

	@Test
	void allGrantsOfAPersonAreEndedAndNobodyElses() {
		SignedIn first = signIn(ANN);
		SignedIn second = signIn(ANN);
		SignedIn bob = signIn(BOB);
		assertThat(ended(one, "?person=" + ANN)).isEqualTo(2);
		assertThat(List.of(call(first), call(second), call(bob))).containsExactly(401, 401, 200);
		String pseudonym = listed("?person=" + BOB).get("grants").get(0).get("person").asString();
		assertThat(ended(other, "?person=" + pseudonym)).isEqualTo(1);
		assertThat(call(bob)).isEqualTo(401);
	}

	@Test
	void allGrantsOfAClientAreEndedAndNobodyElses() {
		SignedIn ann = signIn(ANN);
		SignedIn bob = signIn(BOB);
		assertThat(ended(one, "?client=" + Fingerprint.of(ann.client().clientId()))).isEqualTo(1);
		assertThat(List.of(call(ann), call(bob))).containsExactly(401, 200);
		assertThat(ended(one, "?client=" + bob.client().clientId())).isEqualTo(1);
		assertThat(call(bob)).isEqualTo(401);
	}

	@Test
	void whatIsNotThereIsNotEnded() {
		SignedIn ann = signIn(ANN);
		assertThat(ended(one, "?grant=nobody") + ended(one, "?client=nobody") + ended(one, "?person=nobody")).isZero();
		assertThat(call(ann)).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?grant=", "?person=%20", "?grant=a&client=b", "?client=a&person=b",
			"?grant=a&client=b&person=c", "?limit=1", "?grant=a&grant=b" })
	void endingNeedsExactlyOneSelection(String query) {
		SignedIn ann = signIn(ANN);
		HttpResponse<String> answer = Actuator.delete(one, query);
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("exactly one of grant, client, person");
		assertThat(call(ann)).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "1001", "many" })
	void aListHasABound(String limit) {
		assertThat(Actuator.get(one, "/grants?limit=" + limit).statusCode()).isEqualTo(400);
		assertThat(Actuator.get(one, "/grants?limit=1000").statusCode()).isEqualTo(200);
	}

	@Test
	void anotherListIsNotThere() {
		assertThat(Actuator.get(one, "/tokens").statusCode()).isEqualTo(404);
	}

	private static TestGateway.Builder replica(Path keys) {
		return TestGateway.inFrontOf(atlassian.url())
			.property("mcp.bridge.store", "redis")
			.property("spring.data.redis.port", Integer.toString(redis.port()))
			.property("mcp.bridge.keys", keys.toString())
			.property("management.server.port", "0")
			.property("management.endpoints.web.exposure.include", "mcpbridge");
	}

	private static SignedIn signIn(String person) {
		atlassian.nextUser(person);
		TestClient client = TestClient.register(one.url());
		return new SignedIn(client, client.signIn());
	}

	private static int call(SignedIn who) {
		return who.client().initialize(who.tokens().accessToken()).statusCode();
	}

	private static JsonNode listed(String query) {
		return Actuator.json(Actuator.get(one, "/grants" + query));
	}

	private static int ended(TestGateway gateway, String query) {
		return Actuator.json(Actuator.delete(gateway, query)).get("ended").asInt();
	}

	/** A client with a login. */
	private record SignedIn(TestClient client, TestClient.Tokens tokens) {

	}

}
