package dev.mcpbridge.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.Caller;
import dev.mcpbridge.testing.Crowd;
import dev.mcpbridge.testing.TestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One gateway on its embedded store, killed in the middle of a rotation and started again
 * over and over: its clients go on, and nobody logs in twice.
 */
class KilledOverAndOverProcessTests {

	/** How often: more by {@code -Dmcp.test.kills=100}. */
	static final int KILLS = Integer.getInteger("mcp.test.kills", 5);

	static final int PEOPLE = 3;

	static final int CALLS_AT_ONCE = 10;

	static final Duration STALE = Duration.ofMinutes(56);

	/** After the last one, a kill comes while requests are under way, at no step. */
	static final List<Moment> MOMENTS = List.of(Moment.after("replace", "refresh:"), Moment.before("replace", "grant:"),
			Moment.after("replace", "grant:"), Moment.before("take", "refresh:"), Moment.before("release", "grant:"));

	final AtlassianSimulator atlassian = AtlassianSimulator.start();

	final Crowd crowd = new Crowd();

	@AfterEach
	void stop() {
		this.crowd.close();
		this.atlassian.close();
	}

	@Test
	void clientsGoOnWithoutALogin() {
		try (Fleet fleet = new Fleet(this.atlassian)) {
			GatewayProcess gateway = fleet.startAtPublicUrl();
			List<Guest> guests = Stream.generate(() -> Guest.arriving(this.atlassian, fleet)).limit(PEOPLE).toList();
			for (int kill = 0; kill < KILLS; kill++) {
				fleet.advance(STALE);
				killInTheMiddle(gateway, kill % (MOMENTS.size() + 1), guests);
				fleet.advance(Fleet.RESTART);
				gateway = fleet.startAtPublicUrl();
				assertThat(this.crowd.ping(calls(guests))).as("after kill %d", kill).containsOnly(200);
				if (kill % 10 == 3) {
					guests.forEach(Guest::refresh);
					assertThat(this.crowd.ping(calls(guests))).as("after a refresh").containsOnly(200);
				}
			}
			assertThat(this.atlassian.authorizations()).isEqualTo(PEOPLE);
		}
	}

	private void killInTheMiddle(GatewayProcess gateway, int step, List<Guest> guests) {
		if (step < MOMENTS.size()) {
			gateway.dieAt(MOMENTS.get(step));
		}
		int sent = this.crowd.sent();
		CompletableFuture<List<Integer>> answers = this.crowd.begin(calls(guests));
		if (step < MOMENTS.size()) {
			gateway.awaitDeath();
		}
		else {
			await().pollInterval(Duration.ofMillis(1)).until(() -> this.crowd.sent() > sent);
			gateway.kill();
		}
		assertThat(answers.join()).as("answers of a gateway that dies")
			.containsAnyOf(200, Crowd.NO_ANSWER)
			.doesNotContain(401, 400, 404, 500);
	}

	private static List<Caller> calls(List<Guest> guests) {
		List<Caller> calls = new ArrayList<>();
		guests.forEach((guest) -> calls.addAll(Collections.nCopies(CALLS_AT_ONCE, guest.caller)));
		return calls;
	}

	/** Somebody who logged in once. */
	private static final class Guest {

		private final TestClient client;

		private TestClient.Tokens tokens;

		private Caller caller;

		private Guest(TestClient client) {
			this.client = client;
			this.tokens = client.signIn();
			this.caller = Caller.of(client, this.tokens);
		}

		static Guest arriving(AtlassianSimulator atlassian, Fleet fleet) {
			atlassian.nextUser("%024x".formatted(atlassian.authorizations() + 1));
			return new Guest(TestClient.register(fleet.publicUrl()));
		}

		void refresh() {
			this.tokens = TestClient.tokens(this.client.refresh(this.tokens.refreshToken()));
			this.caller = this.caller.with(this.tokens);
		}

	}

}
