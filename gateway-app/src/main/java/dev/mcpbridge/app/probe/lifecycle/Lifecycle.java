package dev.mcpbridge.app.probe.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.mcpbridge.app.probe.contract.Contract;
import dev.mcpbridge.app.probe.contract.Finding;
import dev.mcpbridge.app.probe.contract.Observation;
import dev.mcpbridge.app.probe.contract.Report;
import dev.mcpbridge.upstream.UpstreamException;
import org.jspecify.annotations.Nullable;

/**
 * Does the whole experiment with one login, which it gives back at the end.
 */
public final class Lifecycle implements AutoCloseable {

	private final Equipment equipment;

	private final Contract contract;

	private final InstantSource clock;

	private final Consumer<String> progress;

	Lifecycle(Equipment equipment, Contract contract, InstantSource clock, Consumer<String> progress) {
		this.equipment = equipment;
		this.contract = contract;
		this.clock = clock;
		this.progress = progress;
	}

	/**
	 * Does every step that can be done; what one of them finds stops none of the others.
	 * @return what was seen
	 */
	public Report run() {
		Experiment experiment = new Experiment(this.equipment);
		Instant began = this.clock.instant();
		List<Observation> observations = new ArrayList<>();
		for (LifecycleStep step : LifecycleStep.values()) {
			this.progress.accept("%s: %s".formatted(step.id(), step.what()));
			Instant start = this.clock.instant();
			Finding finding = clean(take(step, experiment));
			Duration took = Duration.between(start, this.clock.instant());
			observations.add(this.contract.judge(step.id(), step.what(), finding, took));
		}
		return new Report(began, this.equipment.target().toString(), this.contract.terms().profile(),
				Duration.between(began, this.clock.instant()), observations);
	}

	@Override
	public void close() {
		this.equipment.listener().close();
	}

	private static Finding take(LifecycleStep step, Experiment experiment) {
		try {
			return step.take(experiment);
		}
		catch (UpstreamException ex) {
			return new Finding.Failed(String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException ex) {
			return new Finding.Failed("a defect of the probe: " + ex.getClass().getSimpleName());
		}
	}

	private Finding clean(Finding finding) {
		if (finding instanceof Finding.Failed failed) {
			return new Finding.Failed(clean(failed.reason()));
		}
		if (finding instanceof Finding.Seen seen) {
			Map<String, String> facts = new LinkedHashMap<>();
			seen.facts().forEach((fact, value) -> facts.put(fact, clean(value)));
			String note = seen.note();
			return new Finding.Seen(facts, cleanOrNull(note));
		}
		return finding;
	}

	private @Nullable String cleanOrNull(@Nullable String text) {
		return (text != null) ? clean(text) : null;
	}

	private String clean(String text) {
		return this.equipment.redaction().clean(text);
	}

}
