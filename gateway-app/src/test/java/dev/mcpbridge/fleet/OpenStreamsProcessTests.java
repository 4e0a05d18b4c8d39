package dev.mcpbridge.fleet;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two thousand open streams on a heap of 256 MiB: none is lost, and who leaves leaves
 * nothing behind.
 */
class OpenStreamsProcessTests {

	static final int STREAMS = 2000;

	static final int LEAVING = 200;

	/** How long they are open: more by {@code -Dmcp.test.stream-minutes=5}. */
	static final int MINUTES = Integer.getInteger("mcp.test.stream-minutes", 0);

	static final Duration HEARTBEAT = (MINUTES > 0) ? Duration.ofSeconds(15) : Duration.ofSeconds(1);

	static final int HEARTBEATS = (MINUTES > 0) ? MINUTES * 4 : 15;

	static final Duration PATIENCE = Duration.ofMinutes(2 + 2L * MINUTES);

	static final Pattern HEAP = Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\".* (\\S+)$");

	static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

	final AtlassianSimulator atlassian = AtlassianSimulator.start();

	final StreamCrowd crowd = new StreamCrowd();

	final int management = freePort();

	@AfterEach
	void stop() {
		this.crowd.close();
		this.atlassian.close();
	}

	@Test
	void twoThousandStreamsStayOpenAndWhoLeavesLeavesNothingBehind() throws Exception {
		try (Fleet fleet = fleet()) {
			GatewayProcess gateway = fleet.startAtPublicUrl();
			String token = TestClient.register(fleet.publicUrl()).signIn().accessToken();
			URI url = gateway.url().resolve("/sse");
			warmUp(url, token);
			Memory before = memory(gateway);
			this.crowd.open(STREAMS, url, token);
			awaitOpen(STREAMS);
			await().atMost(PATIENCE).until(() -> this.crowd.lost() > 0 || this.crowd.heartbeats() >= HEARTBEATS);
			assertThat(this.crowd.lost()).isZero();
			assertThat(this.atlassian.openStreams()).isEqualTo(STREAMS);
			report(before, memory(gateway));
			this.crowd.leave(LEAVING);
			awaitOpen(STREAMS - LEAVING);
			int heard = this.crowd.heartbeats();
			await().atMost(PATIENCE).until(() -> this.crowd.lost() > 0 || this.crowd.heartbeats() > heard);
			assertThat(this.crowd.lost()).isZero();
			assertThat(openAtTheGateway()).isEqualTo(STREAMS - LEAVING);
		}
	}

	/** The app with one of its routes, and a heartbeat of our choice. */
	private Fleet fleet() {
		String route = "spring.cloud.gateway.server.webflux.routes[0].";
		return new Fleet(this.atlassian).property("management.server.port", this.management)
			.property(route + "id", "sse")
			.property(route + "uri", this.atlassian.url())
			.property(route + "predicates[0]", "Path=/sse")
			.property(route + "filters[0].name", "McpBridge")
			.property(route + "filters[0].args.heartbeat", HEARTBEAT)
			.property(route + "filters[0].args.messagePath", "/sse/message")
			.property(route + "filters[1]", "SetPath=/v1/sse");
	}

	/** What the first streams cost once is not what a stream costs. */
	private void warmUp(URI url, String token) {
		this.crowd.open(LEAVING, url, token);
		awaitOpen(LEAVING);
		await().atMost(PATIENCE).until(() -> this.crowd.heartbeats() > 0);
		this.crowd.leave(LEAVING);
		awaitOpen(0);
	}

	/** Upstream, and as the gateway sees it. */
	private void awaitOpen(int streams) {
		await().atMost(PATIENCE).until(() -> this.atlassian.openStreams() == streams && openAtTheGateway() == streams);
	}

	private int openAtTheGateway() {
		return Pattern.compile("(?m)^mcp_bridge_streams_open\\{kind=\"get\"} (\\S+)$")
			.matcher(scrape())
			.results()
			.mapToInt((match) -> (int) Double.parseDouble(match.group(1)))
			.sum();
	}

	private String scrape() {
		return new Browser().get(URI.create("http://localhost:%d/actuator/prometheus".formatted(this.management)))
			.body();
	}

	private Memory memory(GatewayProcess gateway) throws IOException, InterruptedException {
		Process collection = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
				Long.toString(gateway.pid()), "GC.run")
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		assertThat(collection.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		double heap = HEAP.matcher(scrape()).results().mapToDouble(OpenStreamsProcessTests::number).sum();
		Path status = Path.of("/proc", Long.toString(gateway.pid()), "status");
		double resident = Files.isReadable(status) ? 1024 * RESIDENT.matcher(Files.readString(status))
			.results()
			.mapToDouble(OpenStreamsProcessTests::number)
			.sum() : Double.NaN;
		return new Memory(heap, resident);
	}

	private static void report(Memory before, Memory after) {
		System.out.printf(
				"%d streams: heap after collection %.1f MiB to %.1f MiB, %.1f KiB each; resident %.1f MiB to %.1f MiB, %.1f KiB each%n",
				STREAMS, before.heap / 0x100000, after.heap / 0x100000, (after.heap - before.heap) / STREAMS / 1024,
				before.resident / 0x100000, after.resident / 0x100000,
				(after.resident - before.resident) / STREAMS / 1024);
	}

	private static double number(MatchResult match) {
		return Double.parseDouble(match.group(1));
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What a process uses, in bytes.
	 *
	 * @param heap the heap after a collection
	 * @param resident all of it, as the kernel counts
	 */
	private record Memory(double heap, double resident) {

	}

}
