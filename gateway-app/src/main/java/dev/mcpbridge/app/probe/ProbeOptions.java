package dev.mcpbridge.app.probe;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import dev.mcpbridge.app.probe.contract.Contract;
import dev.mcpbridge.app.probe.lifecycle.Waiting;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param against the origin of the service
 * @param profile the contract to compare with
 * @param login how somebody signs in
 * @param waiting whether the end of a token is awaited
 * @param tool the tool to call, or {@code null} for the contract's
 * @param arguments its arguments, as JSON
 * @param json where the report is written, or {@code null} for nowhere
 * @param compare an earlier report, or {@code null} for none
 */
record ProbeOptions(URI against, String profile, Login login, Waiting waiting, @Nullable String tool, String arguments,
		@Nullable Path json, @Nullable Path compare) {

	Contract.Terms terms(Contract contract) {
		return (this.tool != null) ? contract.terms().withTool(this.tool, this.arguments) : contract.terms();
	}

	/**
	 * How somebody signs in.
	 *
	 * @param way how the page is opened
	 * @param program what opens it, or empty for the browser of the desktop
	 * @param patience how long it may take
	 * @param port where the browser comes back to, or 0 for any free port
	 */
	record Login(Way way, String program, Duration patience, int port) {
	}

	/** How the page is opened. */
	enum Way {

		/** By whoever reads its address. */
		TOLD,

		/** By a program. */
		OPENED,

		/** By the probe, as long as nobody is asked anything. */
		UNATTENDED,

		/** Not at all. */
		NOBODY

	}

}
