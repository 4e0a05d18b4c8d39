package dev.mcpbridge.simulator.mcp;

import java.util.Map;
import java.util.function.Function;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import dev.mcpbridge.simulator.wire.Json;

/**
 * The ten tools of Jira.
 */
final class JiraTools {

	private static final String UNKNOWN_ISSUE = "Issue does not exist or you do not have permission to see it.";

	private final Workplace workplace;

	JiraTools(Workplace workplace) {
		this.workplace = workplace;
	}

	Map<String, Function<Invocation, JsonNode>> all() {
		return Map.of("getJiraIssue", this::issue, //
				"editJiraIssue", this::edit, //
				"createJiraIssue", this::create, //
				"getTransitionsForJiraIssue", this::transitions, //
				"transitionJiraIssue", this::transition, //
				"searchJiraIssuesUsingJql", this::search, //
				"addCommentToJiraIssue", this::comment, //
				"getJiraIssueRemoteIssueLinks", this::remoteLinks, //
				"getVisibleJiraProjects", this::projects, //
				"getJiraProjectIssueTypesMetadata", this::issueTypes);
	}

	private ObjectNode issue(Invocation call) {
		String wanted = call.text("issueIdOrKey");
		return this.workplace.find("issues", "key", wanted)
			.orElseGet(() -> this.workplace.get("issues", "id", wanted, UNKNOWN_ISSUE));
	}

	private JsonNode edit(Invocation call) {
		ObjectNode issue = issue(call);
		call.arguments()
			.path("fields")
			.properties()
			.forEach((field) -> fields(issue).set(field.getKey(), field.getValue()));
		return issue;
	}

	private JsonNode create(Invocation call) {
		String project = project(call.text("projectKey")).path("key").asString();
		long number = this.workplace.stream("issues").filter((issue) -> isIn(issue, project)).count() + 1;
		ObjectNode issue = this.workplace.add("issues").put("key", project + "-" + number);
		ObjectNode fields = issue.putObject("fields").put("summary", call.text("summary"));
		fields.putObject("issuetype").put("name", call.text("issueTypeName"));
		fields.putObject("project").put("key", project);
		fields.putObject("status").put("name", "To Do");
		fields.put("description", call.text("description"));
		fields.set("reporter", this.workplace.person(call.person()));
		return Json.object()
			.put("id", issue.path("id").asString())
			.put("key", issue.path("key").asString())
			.put("self",
					this.workplace.site().path("url").asString() + "/rest/api/3/issue/" + issue.path("id").asString());
	}

	private JsonNode transitions(Invocation call) {
		issue(call);
		return Json.object().set("transitions", this.workplace.all("transitions"));
	}

	private JsonNode transition(Invocation call) {
		ObjectNode issue = issue(call);
		JsonNode target = this.workplace
			.get("transitions", "id", call.arguments().path("transition").path("id").asString(""),
					"The transition is not available for this issue.")
			.path("to");
		fields(issue).set("status", target.deepCopy());
		return Json.object().put("success", true).put("message", "Issue transitioned successfully");
	}

	private JsonNode search(Invocation call) {
		Query query = Query.parse(call.text("jql").replace("currentUser()", call.person()));
		ArrayNode found = this.workplace.select("issues", (issue) -> query.matches((field) -> value(issue, field)));
		return Json.object().put("isLast", true).set("issues", found);
	}

	private JsonNode comment(Invocation call) {
		ObjectNode comment = fields(issue(call)).withObject("/comment")
			.withArray("/comments")
			.addObject()
			.put("id", this.workplace.nextId())
			.put("body", call.text("commentBody"));
		return comment.set("author", this.workplace.person(call.person()));
	}

	private JsonNode remoteLinks(Invocation call) {
		String key = issue(call).path("key").asString();
		return this.workplace.select("remoteLinks", (link) -> link.path("issue").asString().equals(key));
	}

	private JsonNode projects(Invocation call) {
		ArrayNode found = this.workplace.select("projects",
				(project) -> (project.path("key").asString() + " " + project.path("name").asString())
					.contains(call.text("searchString")));
		return Json.object().put("total", found.size()).put("isLast", true).set("values", found);
	}

	private JsonNode issueTypes(Invocation call) {
		project(call.text("projectIdOrKey"));
		return Json.object().set("issueTypes", this.workplace.all("issueTypes"));
	}

	private ObjectNode project(String idOrKey) {
		return this.workplace.find("projects", "key", idOrKey)
			.orElseGet(() -> this.workplace.get("projects", "id", idOrKey,
					"No project could be found with key '" + idOrKey + "'."));
	}

	private static boolean isIn(ObjectNode issue, String project) {
		return value(issue, "project").equals(project);
	}

	private static String value(ObjectNode issue, String field) {
		JsonNode fields = issue.path("fields");
		return switch (field) {
			case "key", "issuekey", "id" -> issue.path("key").asString();
			case "project" -> fields.path("project").path("key").asString("");
			case "status" -> fields.path("status").path("name").asString("");
			case "issuetype", "type" -> fields.path("issuetype").path("name").asString("");
			case "assignee", "reporter" -> fields.path(field).path("accountId").asString("");
			case "text" -> fields.path("summary").asString("") + " " + fields.path("description").asString("");
			case "summary", "description" -> fields.path(field).asString("");
			default -> throw new ToolFailure("Error in the JQL Query: Field '" + field
					+ "' does not exist or you do not have permission to view it.");
		};
	}

	private static ObjectNode fields(ObjectNode issue) {
		return (ObjectNode) issue.path("fields");
	}

}
