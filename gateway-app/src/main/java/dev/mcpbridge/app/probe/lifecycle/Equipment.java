package dev.mcpbridge.app.probe.lifecycle;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

import dev.mcpbridge.app.probe.contract.Contract;
import dev.mcpbridge.app.probe.mcp.McpEndpoint;
import dev.mcpbridge.app.probe.mcp.Wire;
import dev.mcpbridge.app.probe.signin.LoopbackListener;
import dev.mcpbridge.app.probe.signin.Visitor;
import dev.mcpbridge.app.probe.token.Redaction;
import dev.mcpbridge.upstream.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * What the steps work with.
 *
 * @param target the origin of the service
 * @param terms how the service is spoken to
 * @param upstream the authorization server, as the gateway would trust it
 * @param lenient the same with any issuer, to go on with if the gateway would not
 * @param mcp the MCP endpoint
 * @param wire how other requests are sent
 * @param listener where the browser comes back to
 * @param visitor who signs in, or {@code null} for nobody
 * @param patience how long a person may take
 * @param waiting whether the end of a token is awaited
 * @param clock the time
 * @param pause how time goes by
 * @param redaction takes secrets out of texts
 */
record Equipment(URI target, Contract.Terms terms, Upstream upstream, Upstream lenient, McpEndpoint mcp, Wire wire,
		LoopbackListener listener, @Nullable Visitor visitor, Duration patience, Waiting waiting, InstantSource clock,
		Pause pause, Redaction redaction) {

	/** Waits for what was just issued to be known everywhere. */
	void aMoment() {
		this.pause.until(this.clock.instant().plusSeconds(1));
	}

	URI endpoint() {
		return this.target.resolve(this.terms.path());
	}

	/** Writes addresses of the service so that they are the same wherever it is. */
	String relative(String text) {
		return text.replace(this.target.toString(), "{target}");
	}

}
