package dev.mcpbridge.boards;

import java.util.List;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a board as Grafana keeps it.
 */
final class BoardJson {

	/** That of Grafana 12. Older ones from 10 on read it too. */
	private static final int SCHEMA = 41;

	private static final int COLUMNS = 24;

	private static final String TAG = "mcp-bridge";

	private static final JsonMapper JSON = JsonMapper.shared();

	private final ArrayNode panels = JSON.createArrayNode();

	private int y;

	private BoardJson() {
	}

	/** Writes a board, with a line feed at its end. */
	static String of(Board board) {
		BoardJson layout = new BoardJson();
		board.rows().forEach(layout::add);
		ObjectNode json = JSON.createObjectNode();
		json.put("uid", board.uid()).put("title", board.title()).put("description", board.description());
		json.putArray("tags").add(TAG);
		json.put("schemaVersion", SCHEMA).put("version", 1).put("editable", true).put("graphTooltip", 1);
		json.put("refresh", "30s").put("timezone", "browser");
		json.putObject("time").put("from", "now-3h").put("to", "now");
		links(json.putArray("links"));
		annotations(json.putObject("annotations").putArray("list"));
		variables(json.putObject("templating").putArray("list"));
		json.set("panels", layout.panels);
		return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json).replace("\r", "") + '\n';
	}

	private void add(Board.Row row) {
		ObjectNode heading = this.panels.addObject();
		heading.put("id", this.panels.size()).put("type", "row").put("title", row.title()).put("collapsed", false);
		heading.putObject("gridPos").put("h", 1).put("w", COLUMNS).put("x", 0).put("y", this.y++);
		heading.putArray("panels");
		int x = 0;
		int height = 0;
		for (Panel panel : row.panels()) {
			if (x + panel.columns() > COLUMNS) {
				x = 0;
				this.y += height;
			}
			this.panels.add(new PanelJson(panel).at(this.panels.size() + 1, x, this.y));
			x += panel.columns();
			height = panel.type().height;
		}
		this.y += height;
	}

	/** To all boards of ours, with what was chosen here. */
	private static void links(ArrayNode links) {
		links.addObject()
			.put("type", "dashboards")
			.put("title", "MCP Bridge")
			.put("asDropdown", false)
			.put("includeVars", true)
			.put("keepTime", true)
			.putArray("tags")
			.add(TAG);
	}

	private static void annotations(ArrayNode annotations) {
		ObjectNode alerts = annotations.addObject();
		alerts.put("name", "Alerts").put("enable", true).put("iconColor", "red");
		alerts.set("datasource", PanelJson.datasource());
		alerts.put("expr", "ALERTS{alertname=~\"McpBridge.*\",alertstate=\"firing\"}");
		alerts.put("titleFormat", "{{alertname}}").put("textFormat", "{{severity}} {{instance}}").put("step", "60s");
	}

	private static void variables(ArrayNode variables) {
		ObjectNode source = variables.addObject();
		source.put("name", "datasource").put("label", "Data source").put("type", "datasource");
		source.put("query", "prometheus").put("hide", 0).put("refresh", 1);
		String chosen = "";
		for (String label : List.of("namespace", "job", "instance")) {
			ObjectNode variable = variables.addObject();
			variable.put("name", label).put("label", label.substring(0, 1).toUpperCase() + label.substring(1));
			variable.put("type", "query");
			variable.set("datasource", PanelJson.datasource());
			String query = "label_values(mcp_bridge_streams_open{%s}, %s)".formatted(chosen, label).replace("{}", "");
			variable.put("definition", query).putObject("query").put("query", query).put("refId", label);
			// Where nothing has the label, all of them still match.
			variable.put("includeAll", true).put("allValue", ".*").put("multi", true);
			variable.putObject("current").put("text", "All").put("value", "$__all");
			variable.put("refresh", 2).put("sort", 1).put("hide", 0);
			chosen += (chosen.isEmpty() ? "" : ",") + "%1$s=~\"$%1$s\"".formatted(label);
		}
	}

}
