package dev.mcpbridge.boards;

import java.util.List;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a panel as Grafana keeps it.
 */
final class PanelJson {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Panel panel;

	PanelJson(Panel panel) {
		this.panel = panel;
	}

	/**
	 * Writes it.
	 * @param id its number on the board
	 * @param x its column
	 * @param y its line
	 */
	ObjectNode at(int id, int x, int y) {
		ObjectNode json = JSON.createObjectNode();
		json.put("id", id).put("type", this.panel.type().grafana).put("title", this.panel.title());
		json.put("description", this.panel.about());
		json.putObject("gridPos")
			.put("h", this.panel.type().height)
			.put("w", this.panel.columns())
			.put("x", x)
			.put("y", y);
		json.set("datasource", datasource());
		targets(json.putArray("targets"));
		ObjectNode field = json.putObject("fieldConfig");
		defaults(field.putObject("defaults"));
		Colours.override(field.putArray("overrides"), this.panel.queries().keySet());
		json.set("options", options());
		return json;
	}

	static ObjectNode datasource() {
		return JSON.createObjectNode().put("type", "prometheus").put("uid", "${datasource}");
	}

	private void targets(ArrayNode targets) {
		for (Map.Entry<String, String> query : this.panel.chosenQueries().entrySet()) {
			ObjectNode target = targets.addObject();
			target.put("refId", String.valueOf((char) ('A' + targets.size() - 1)));
			target.set("datasource", datasource());
			target.put("expr", query.getValue()).put("legendFormat", query.getKey()).put("editorMode", "code");
			target.put("instant", this.panel.type().isInstant()).put("range", !this.panel.type().isInstant());
			if (this.panel.type() == Panel.Type.heatmap) {
				target.put("format", "heatmap");
			}
			else if (this.panel.type() == Panel.Type.bars) {
				target.put("interval", "1m");
			}
		}
	}

	private void defaults(ObjectNode defaults) {
		defaults.put("unit", this.panel.unit());
		if (this.panel.decimals() != null) {
			defaults.put("decimals", this.panel.decimals());
		}
		if (this.panel.min() != null) {
			defaults.put("min", this.panel.min());
		}
		if (this.panel.max() != null) {
			defaults.put("max", this.panel.max());
		}
		boolean byThreshold = this.panel.type().isInstant() || this.panel.type() == Panel.Type.timeline;
		defaults.putObject("color").put("mode", byThreshold ? "thresholds" : "palette-classic-by-name");
		steps(defaults.putObject("thresholds").put("mode", "absolute").putArray("steps"));
		switch (this.panel.type()) {
			case timeseries -> lines(defaults.putObject("custom"));
			case bars -> bars(defaults.putObject("custom"));
			case heatmap, stat -> defaults.putObject("custom");
			case timeline -> timeline(defaults);
		}
	}

	/** Such as {@code green, 1 orange, 5 red}. */
	private void steps(ArrayNode steps) {
		List<String> thresholds = this.panel.limits().isEmpty() ? List.of("green") : this.panel.limits();
		for (String threshold : thresholds) {
			String[] words = threshold.split(" ");
			ObjectNode step = steps.addObject().put("color", words[words.length - 1]);
			if (words.length == 1) {
				step.putNull("value");
			}
			else {
				step.put("value", Double.parseDouble(words[0]));
			}
		}
	}

	private void lines(ObjectNode custom) {
		custom.put("drawStyle", "line").put("lineInterpolation", "linear").put("lineWidth", 1);
		custom.put("fillOpacity", this.panel.stack() ? 40 : 8).put("gradientMode", "none").put("showPoints", "never");
		custom.put("spanNulls", false).put("axisPlacement", "auto");
		custom.putObject("stacking").put("mode", this.panel.stack() ? "normal" : "none").put("group", "A");
		custom.putObject("thresholdsStyle").put("mode", this.panel.limits().isEmpty() ? "off" : "dashed");
	}

	private void bars(ObjectNode custom) {
		custom.put("drawStyle", "bars").put("lineWidth", 0).put("fillOpacity", 80).put("barAlignment", 0);
		custom.put("axisSoftMin", 0).put("axisSoftMax", 1);
		custom.putObject("stacking").put("mode", "normal").put("group", "A");
		custom.putObject("thresholdsStyle").put("mode", "off");
	}

	private void timeline(ObjectNode defaults) {
		ObjectNode options = JSON.createObjectNode();
		options.putObject("0").put("text", "no").put("color", "transparent").put("index", 0);
		options.putObject("1").put("text", "yes").put("color", "blue").put("index", 1);
		defaults.putArray("mappings").addObject().put("type", "value").set("options", options);
		defaults.putObject("custom").put("fillOpacity", 70).put("lineWidth", 0);
	}

	private ObjectNode options() {
		ObjectNode options = JSON.createObjectNode();
		switch (this.panel.type()) {
			case stat -> stat(options);
			case heatmap -> heatmap(options);
			case timeline -> options.put("mergeValues", true)
				.put("showValue", "never")
				.put("rowHeight", 0.8)
				.set("legend", JSON.createObjectNode().put("showLegend", false));
			case timeseries, bars -> graph(options);
		}
		return options;
	}

	private void stat(ObjectNode options) {
		options.put("colorMode", "value").put("graphMode", "none").put("justifyMode", "auto");
		options.put("textMode", (this.panel.queries().size() > 1) ? "value_and_name" : "value");
		options.put("orientation", "vertical").put("wideLayout", true);
		options.putObject("reduceOptions").put("values", false).put("fields", "").putArray("calcs").add("lastNotNull");
	}

	private void heatmap(ObjectNode options) {
		options.put("calculate", false).put("cellGap", 1);
		options.putObject("color")
			.put("mode", "scheme")
			.put("scheme", "Oranges")
			.put("scale", "exponential")
			.put("exponent", 0.5)
			.put("steps", 64)
			.put("reverse", false);
		options.putObject("yAxis").put("unit", this.panel.unit()).put("axisPlacement", "left").put("reverse", false);
		options.putObject("rowsFrame").put("layout", "auto");
		options.putObject("filterValues").put("le", 1e-9);
		options.putObject("tooltip").put("mode", "single").put("yHistogram", true);
		options.putObject("legend").put("show", false);
	}

	private void graph(ObjectNode options) {
		boolean bars = this.panel.type() == Panel.Type.bars;
		options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
		ObjectNode legend = options.putObject("legend");
		legend.put("showLegend", true).put("displayMode", "table").put("placement", "bottom");
		legend.put("sortBy", bars ? "Total" : "Max").put("sortDesc", true);
		ArrayNode calculations = legend.putArray("calcs");
		if (bars) {
			calculations.add("sum");
		}
		else {
			calculations.add("lastNotNull").add("max");
		}
	}

}
