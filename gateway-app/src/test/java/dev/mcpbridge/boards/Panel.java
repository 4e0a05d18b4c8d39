package dev.mcpbridge.boards;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A panel as we write it.
 *
 * @param title its title
 * @param type how it looks
 * @param width of the 24 columns of a board; usual for its type if it is not said
 * @param unit what its numbers are, in Grafana's words
 * @param decimals how many to show
 * @param min where its axis begins
 * @param max where its axis ends
 * @param stack whether its series are added up
 * @param thresholds a colour, and then values with the colour they begin
 * @param about what it shows, and what to make of it
 * @param queries PromQL by its legend; {@code @} is the choice made on the board
 */
record Panel(String title, Type type, @Nullable Integer width, String unit, @Nullable Integer decimals,
		@Nullable Double min, @Nullable Double max, boolean stack, @Nullable List<String> thresholds, String about,
		Map<String, String> queries) {

	static final String CHOICE = "namespace=~\"$namespace\",job=~\"$job\",instance=~\"$instance\"";

	List<String> limits() {
		return (this.thresholds != null) ? this.thresholds : List.of();
	}

	/** Every number of a board is chosen by its variables, alerts apart. */
	Map<String, String> chosenQueries() {
		Map<String, String> chosen = new LinkedHashMap<>();
		this.queries.forEach((legend, query) -> chosen.put(legend, query.replace("@", CHOICE)));
		return chosen;
	}

	int columns() {
		return (this.width != null) ? this.width : this.type.width;
	}

	@Override
	public String toString() {
		return this.title;
	}

	/** How a panel looks. */
	enum Type {

		/** One number, and its course behind it. */
		stat("stat", 4, 4),

		/** Lines over time. */
		timeseries("timeseries", 8, 8),

		/** Counts of each interval, side by side. */
		bars("timeseries", 8, 8),

		/** A distribution over time. */
		heatmap("heatmap", 8, 8),

		/** States over time. */
		timeline("state-timeline", 8, 8);

		final String grafana;

		final int width;

		final int height;

		Type(String grafana, int width, int height) {
			this.grafana = grafana;
			this.width = width;
			this.height = height;
		}

		/** Whether it is asked once, for now, instead of over time. */
		boolean isInstant() {
			return this == stat;
		}

	}

}
