package dev.mcpbridge.store;

import dev.mcpbridge.observe.ObservedStore;
import dev.mcpbridge.simulator.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/**
 * Being timed changes nothing.
 */
class ObservedMemoryStoreTests extends BridgeStoreContract {

	@Override
	BridgeStore store(SettableClock clock) {
		return new ObservedStore(new MemoryStore(clock, 10_000), new SimpleMeterRegistry());
	}

}
