package dev.mcpbridge.store;

import java.time.Duration;

import dev.mcpbridge.simulator.SettableClock;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

class BoundedMemoryStoreTests extends BridgeStoreContract {

	@Override
	BridgeStore store(SettableClock clock) {
		return new BoundedStore(new MemoryStore(clock, 10_000), Duration.ofSeconds(30),
				CircuitBreaker.ofDefaults("mcp-store"));
	}

}
