package dev.mcpbridge.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import redis.embedded.RedisShardedCluster;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

import static org.awaitility.Awaitility.await;

/**
 * A real Redis cluster of three on free ports, and a connection to it.
 */
public final class LocalCluster implements AutoCloseable {

	private final RedisShardedCluster cluster;

	private final LettuceConnectionFactory connections;

	private LocalCluster(RedisShardedCluster cluster) {
		this.cluster = cluster;
		RedisClusterConfiguration nodes = new RedisClusterConfiguration();
		cluster.ports().forEach((port) -> nodes.addClusterNode(new RedisNode("127.0.0.1", port)));
		this.connections = new LettuceConnectionFactory(nodes);
		this.connections.afterPropertiesSet();
		this.connections.start();
	}

	/**
	 * Starts three masters.
	 * @return the cluster
	 */
	public static LocalCluster start() {
		try {
			// First, or the shards are on Redis' own ports, which somebody else may have.
			RedisShardedCluster cluster = RedisShardedCluster.newRedisCluster()
				.ephemeral()
				.shard("a", 0)
				.shard("b", 0)
				.shard("c", 0)
				.build();
			cluster.start();
			// Each node has to hear that all slots have a master; until then it refuses.
			await().atMost(Duration.ofSeconds(30)).until(() -> cluster.ports().stream().allMatch(LocalCluster::isUp));
			return new LocalCluster(cluster);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isUp(int port) {
		RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", port));
		try (StatefulRedisConnection<String, String> connection = client.connect()) {
			return connection.sync().clusterInfo().contains("cluster_state:ok");
		}
		finally {
			client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
		}
	}

	/**
	 * Returns one of the nodes; it knows the others.
	 * @return host and port
	 */
	public String node() {
		return "127.0.0.1:" + this.cluster.ports().get(0);
	}

	/**
	 * Returns a connection to it.
	 * @return the template
	 */
	public ReactiveStringRedisTemplate redis() {
		return new ReactiveStringRedisTemplate(this.connections);
	}

	@Override
	public void close() {
		this.connections.destroy();
		try {
			this.cluster.stop();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
