package dev.mcpbridge.app.probe.contract;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a step found out. Nothing in it may tell a token, a code or a person.
 */
public sealed interface Finding {

	/**
	 * Facts, each of which a contract may speak of.
	 *
	 * @param facts values by name, in the order of their telling
	 * @param note what a reader may want to know besides, or {@code null}
	 */
	record Seen(Map<String, String> facts, @Nullable String note) implements Finding {

		public Seen {
			facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
		}

	}

	/**
	 * The step was left out.
	 *
	 * @param reason why
	 */
	record Skipped(String reason) implements Finding {
	}

	/**
	 * The step could not be done.
	 *
	 * @param reason why
	 */
	record Failed(String reason) implements Finding {
	}

	/**
	 * Returns a single fact.
	 * @param name its name
	 * @param value its value
	 * @return the finding
	 */
	static Finding of(String name, String value) {
		return new Seen(Map.of(name, value), null);
	}

}
