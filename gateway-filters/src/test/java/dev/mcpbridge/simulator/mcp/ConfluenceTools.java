package dev.mcpbridge.simulator.mcp;

import java.util.Map;
import java.util.function.Function;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import dev.mcpbridge.simulator.wire.Json;

/**
 * The eleven tools of Confluence.
 */
final class ConfluenceTools {

	private final Workplace workplace;

	ConfluenceTools(Workplace workplace) {
		this.workplace = workplace;
	}

	Map<String, Function<Invocation, JsonNode>> all() {
		return Map.ofEntries(Map.entry("getConfluenceSpaces", this::spaces), //
				Map.entry("getConfluencePage", this::page), //
				Map.entry("getPagesInConfluenceSpace", this::pages), //
				Map.entry("getConfluencePageFooterComments", (call) -> comments(call, "footerComments")), //
				Map.entry("getConfluencePageInlineComments", (call) -> comments(call, "inlineComments")), //
				Map.entry("getConfluencePageDescendants", this::descendants), //
				Map.entry("createConfluencePage", this::create), //
				Map.entry("updateConfluencePage", this::update), //
				Map.entry("createConfluenceFooterComment", (call) -> comment(call, "footerComments")), //
				Map.entry("createConfluenceInlineComment", (call) -> comment(call, "inlineComments")), //
				Map.entry("searchConfluenceUsingCql", this::search));
	}

	private JsonNode spaces(Invocation call) {
		String keys = call.arguments().path("keys").toString();
		boolean everyKey = !call.arguments().has("keys");
		return results(this.workplace.select("spaces",
				(space) -> everyKey || keys.contains('"' + space.path("key").asString() + '"')));
	}

	private ObjectNode page(Invocation call) {
		return this.workplace.get("pages", "id", call.text("pageId"),
				"Page not found, or you do not have permission to see it.");
	}

	private JsonNode pages(Invocation call) {
		space(call);
		return results(this.workplace.select("pages", (page) -> refers(page, "spaceId", call.text("spaceId"))));
	}

	private JsonNode descendants(Invocation call) {
		ArrayNode found = Json.array();
		addChildren(page(call).path("id").asString(), found);
		return results(found);
	}

	private void addChildren(String parent, ArrayNode found) {
		this.workplace.stream("pages").filter((page) -> refers(page, "parentId", parent)).forEach((page) -> {
			found.add(page);
			addChildren(page.path("id").asString(), found);
		});
	}

	private JsonNode create(Invocation call) {
		space(call);
		ObjectNode page = this.workplace.add("pages")
			.put("title", call.text("title"))
			.put("spaceId", call.text("spaceId"))
			.put("parentId", call.text("parentId"))
			.put("status", "current")
			.put("body", call.text("body"));
		page.putObject("version").put("number", 1);
		return page;
	}

	private JsonNode update(Invocation call) {
		ObjectNode page = page(call).put("body", call.text("body"));
		if (!call.text("title").isEmpty()) {
			page.put("title", call.text("title"));
		}
		page.withObject("/version").put("number", page.path("version").path("number").asInt(0) + 1);
		return page;
	}

	private JsonNode comments(Invocation call, String collection) {
		String page = page(call).path("id").asString();
		return results(this.workplace.select(collection, (comment) -> refers(comment, "pageId", page)));
	}

	private JsonNode comment(Invocation call, String collection) {
		String page = page(call).path("id").asString();
		return this.workplace.add(collection)
			.put("pageId", page)
			.put("status", "current")
			.put("authorId", call.person())
			.put("body", call.text("body"));
	}

	private JsonNode search(Invocation call) {
		Query query = Query.parse(call.text("cql"));
		return results(this.workplace.select("pages", (page) -> query.matches((field) -> value(page, field))));
	}

	private String value(ObjectNode page, String field) {
		return switch (field) {
			case "id", "title", "parent" -> page.path(field.equals("parent") ? "parentId" : field).asString("");
			case "space" -> this.workplace.find("spaces", "id", page.path("spaceId").asString(""))
				.map((space) -> space.path("key").asString())
				.orElse("");
			case "type" -> "page";
			case "text" -> page.path("title").asString("") + " " + page.path("body").asString("");
			default -> throw new ToolFailure("Could not parse cql: unsupported field '" + field + "'");
		};
	}

	private void space(Invocation call) {
		this.workplace.get("spaces", "id", call.text("spaceId"),
				"Space not found, or you do not have permission to see it.");
	}

	private static boolean refers(ObjectNode entry, String field, String id) {
		return entry.path(field).asString("").equals(id);
	}

	private static ObjectNode results(ArrayNode found) {
		return Json.object().set("results", found);
	}

}
