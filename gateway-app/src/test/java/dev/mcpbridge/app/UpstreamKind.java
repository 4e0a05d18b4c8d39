package dev.mcpbridge.app;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.AtlassianSimulatorBuilder;
import dev.mcpbridge.simulator.mcp.Transports;

/**
 * A service of one transport, and the profile it is configured by.
 */
enum UpstreamKind {

	/** HTTP+SSE alone. */
	SSE("atlassian-sse") {

		@Override
		AtlassianSimulatorBuilder simulated() {
			return AtlassianSimulator.builder().transports(Transports.onlySse());
		}

	},

	/** Streamable HTTP alone. */
	STREAMABLE("atlassian-authv2") {

		@Override
		AtlassianSimulatorBuilder simulated() {
			return AtlassianSimulator.builder().authv2().transports(Transports.onlyStreamable());
		}

	};

	private final String profile;

	UpstreamKind(String profile) {
		this.profile = profile;
	}

	/** Begins a simulator of it. */
	abstract AtlassianSimulatorBuilder simulated();

	String profile() {
		return this.profile;
	}

}
