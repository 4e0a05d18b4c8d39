package dev.mcpbridge.app.probe.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a kind of service: how it is spoken to, and what it does at each step.
 */
public final class Contract {

	private final Terms terms;

	private final Map<String, StepContract> steps;

	Contract(Terms terms, Map<String, StepContract> steps) {
		this.terms = terms;
		this.steps = Map.copyOf(steps);
	}

	/**
	 * Returns how the service is spoken to.
	 * @return the terms
	 */
	public Terms terms() {
		return this.terms;
	}

	/**
	 * Returns the steps of which something is expected.
	 * @return their names
	 */
	public Set<String> steps() {
		return this.steps.keySet();
	}

	/**
	 * Compares what was found with what is expected.
	 * @param step the name of the step
	 * @param what what it did
	 * @param finding what it found
	 * @param took how long that took
	 * @return the row of the report
	 */
	public Observation judge(String step, String what, Finding finding, Duration took) {
		StepContract expected = this.steps.getOrDefault(step, new StepContract(Map.of(), "nothing is known"));
		Observation.Step done = new Observation.Step(step, what, expected.source(), took);
		if (finding instanceof Finding.Skipped skipped) {
			return new Observation(done, Verdict.SKIPPED, expected.texts(), Map.of(), List.of(), skipped.reason());
		}
		if (finding instanceof Finding.Failed failed) {
			return new Observation(done, Verdict.FAILED, expected.texts(), Map.of(), List.of(), failed.reason());
		}
		Finding.Seen seen = (Finding.Seen) finding;
		List<String> broken = expected.broken(seen.facts());
		return new Observation(done, broken.isEmpty() ? Verdict.AS_EXPECTED : Verdict.CHANGED, expected.texts(),
				seen.facts(), broken, seen.note());
	}

	/**
	 * How a service is spoken to.
	 *
	 * @param profile the name of the contract
	 * @param upstream the name of the upstream's profile, as in
	 * {@code mcp.bridge.upstream.profile}
	 * @param transport {@code streamable} or {@code sse}
	 * @param path the path of the MCP endpoint
	 * @param revision the MCP revision to ask for
	 * @param tool a tool that only reads
	 * @param arguments its arguments, as JSON
	 */
	public record Terms(String profile, String upstream, String transport, String path, String revision, String tool,
			String arguments) {

		/**
		 * Calls another tool instead.
		 * @param name its name
		 * @param json its arguments, as JSON
		 * @return the same terms with it
		 */
		public Terms withTool(String name, String json) {
			return new Terms(this.profile, this.upstream, this.transport, this.path, this.revision, name, json);
		}

	}

}
