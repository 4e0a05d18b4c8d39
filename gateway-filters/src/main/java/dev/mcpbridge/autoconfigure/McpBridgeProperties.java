package dev.mcpbridge.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the whole bridge shares.
 *
 * @param publicUrl the URL clients know us by, and our issuer; it must never change
 * @param allowedHosts the hosts a request may name besides that of the public URL, with
 * or without a port, or * for any; empty for any, but at a loopback public URL those of
 * this machine
 * @param mcpPaths the paths of the MCP endpoints clients use
 * @param dataDir where the embedded store and generated keys are kept
 * @param keys the file of a JWK set; empty to keep keys.json in the data directory, made
 * at the first start
 * @param store where grants are kept
 * @param storeTimeout how long a store in the network may take to answer
 * @param storeRecheck how long a grant that was read is believed without asking the store
 * again, 0 or more; what another process did to it is seen that much later
 * @param insecureHttp whether plain http is accepted for hosts other than loopback, on
 * either side
 */
@ConfigurationProperties("mcp.bridge")
record McpBridgeProperties(@DefaultValue("http://localhost:8080") String publicUrl,
		@DefaultValue List<String> allowedHosts, @DefaultValue( {
				"/mcp", "/sse", "/v1/mcp", "/v1/sse" }) List<String> mcpPaths,
		@DefaultValue("./data") Path dataDir, @Nullable String keys, @DefaultValue("embedded") Store store,
		@DefaultValue("3s") Duration storeTimeout, @DefaultValue("1s") Duration storeRecheck,
		@DefaultValue("false") boolean insecureHttp){

	McpBridgeProperties {
		if (storeTimeout.isNegative() || storeTimeout.isZero()) {
			throw new IllegalArgumentException(
					"mcp.bridge.store-timeout: %s (expected: positive, such as 3s)".formatted(storeTimeout));
		}
		if (storeRecheck.isNegative()) {
			throw new IllegalArgumentException(
					"mcp.bridge.store-recheck: %s (expected: 0 or more, such as 1s)".formatted(storeRecheck));
		}
	}

	/** Whether an operator says where the keys are. */
	boolean hasKeys() {
		return this.keys != null && !this.keys.isBlank();
	}

	/** Where the keys are. */
	Path keysFile() {
		return (this.keys != null && hasKeys()) ? Path.of(this.keys.replaceFirst("^file:(//)?", ""))
				: this.dataDir.resolve("keys.json");
	}

	/** Where grants are kept. */
	enum Store {

		/** In a file of the data directory, for one process. */
		EMBEDDED,

		/** In the Redis of {@code spring.data.redis.*}, for replicas. */
		REDIS,

		/** In this process; they end with it. */
		MEMORY

	}

}
