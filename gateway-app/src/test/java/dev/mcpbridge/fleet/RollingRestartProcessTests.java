package dev.mcpbridge.fleet;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.mcp.Transports;
import dev.mcpbridge.store.LocalRedis;
import dev.mcpbridge.testing.TcpProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.util.function.Function.identity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two gateways are replaced one after the other while people call through both: nobody is
 * left without an answer, and nobody gets another's.
 */
class RollingRestartProcessTests {

	/** How many of each transport. */
	static final int VISITORS = 15;

	static final int ROUNDS = Integer.getInteger("mcp.test.restarts", 1);

	/** What ends a process that was asked to, once it has drained. */
	static final int TERMINATED = 143;

	final LocalRedis redis = LocalRedis.start();

	final TcpProxy balancer = TcpProxy.start();

	@AfterEach
	void stop() {
		this.balancer.close();
		this.redis.close();
	}

	@Test
	void everyCallIsAnsweredOrTriedAgain() {
		try (AtlassianSimulator atlassian = AtlassianSimulator.start();
				Fleet fleet = fleet(atlassian, "atlassian-v1")) {
			List<StreamableVisitor> streamable = rollOver(atlassian, fleet);
			assertThat(streamable).extracting(Visitor::sessions).as("sessions outlive gateways").containsOnly(1);
		}
	}

	/** A session of a streamable client ends with the gateway that holds its stream. */
	@Test
	void everyCallIsTranslatedOrTriedAgain() {
		try (AtlassianSimulator atlassian = AtlassianSimulator.builder().transports(Transports.onlySse()).start();
				Fleet fleet = fleet(atlassian, "atlassian-sse")) {
			rollOver(atlassian, fleet);
		}
	}

	@Test
	void everyCallOfOldClientsIsTranslatedOrTriedAgain() {
		try (AtlassianSimulator atlassian = AtlassianSimulator.builder()
			.authv2()
			.transports(Transports.onlyStreamable())
			.start(); Fleet fleet = fleet(atlassian, "atlassian-authv2")) {
			List<StreamableVisitor> streamable = rollOver(atlassian, fleet);
			assertThat(streamable).extracting(Visitor::sessions).as("sessions outlive gateways").containsOnly(1);
		}
	}

	private List<StreamableVisitor> rollOver(AtlassianSimulator atlassian, Fleet fleet) {
		List<GatewayProcess> replicas = new ArrayList<>(fleet.startBeside(2));
		balance(replicas);
		List<StreamableVisitor> streamable = guests(atlassian).map(StreamableVisitor::new).toList();
		List<LegacyVisitor> legacy = guests(atlassian).map(LegacyVisitor::new).toList();
		List<Visitor> visitors = Stream.concat(streamable.stream(), legacy.stream()).toList();
		visitors.forEach(Visitor::arrive);
		awaitAnswers(visitors);
		for (int restart = 0; restart < 2 * ROUNDS; restart++) {
			GatewayProcess replaced = replicas.remove(0);
			assertThat(replaced.terminate()).as(replaced::output).isEqualTo(TERMINATED);
			awaitAnswers(visitors);
			replicas.addAll(fleet.startBeside(1));
			balance(replicas);
			awaitAnswers(visitors);
		}
		visitors.forEach(Visitor::close);
		assertNobodyComplains(visitors);
		assertThat(legacy).extracting(Visitor::streams).allMatch((streams) -> streams > 1);
		return streamable;
	}

	private Fleet fleet(AtlassianSimulator atlassian, String profile) {
		return Fleet.ofReplicas(atlassian, this.redis)
			.property("mcp.bridge.public-url", this.balancer.url())
			.property("mcp.bridge.upstream.profile", profile)
			.property("server.shutdown", "graceful")
			.property("mcp.bridge.stream.drain", "1s")
			.property("spring.lifecycle.timeout-per-shutdown-phase", "5s");
	}

	private Stream<Guest> guests(AtlassianSimulator atlassian) {
		return Stream.generate(() -> Guest.arriving(atlassian, this.balancer.url())).limit(VISITORS);
	}

	private void balance(List<GatewayProcess> replicas) {
		this.balancer.to(replicas.stream().map(GatewayProcess::url).toArray(URI[]::new));
	}

	/** Each of them gets a few more. */
	private static void awaitAnswers(List<Visitor> visitors) {
		Map<Visitor, Integer> before = visitors.stream().collect(Collectors.toMap(identity(), Visitor::answered));
		await().atMost(Duration.ofMinutes(2))
			.failFast(() -> assertNobodyComplains(visitors))
			.until(() -> visitors.stream()
				.allMatch((visitor) -> visitor.answered() >= before.getOrDefault(visitor, 0) + 5));
	}

	private static void assertNobodyComplains(List<Visitor> visitors) {
		assertThat(visitors).flatExtracting(Visitor::complaints).isEmpty();
	}

}
