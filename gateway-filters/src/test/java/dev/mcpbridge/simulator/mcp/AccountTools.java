package dev.mcpbridge.simulator.mcp;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import tools.jackson.databind.JsonNode;

import dev.mcpbridge.simulator.wire.Json;

/**
 * The tools about people and sites.
 */
final class AccountTools {

	private final Workplace workplace;

	AccountTools(Workplace workplace) {
		this.workplace = workplace;
	}

	Map<String, Function<Invocation, JsonNode>> all() {
		return Map.of("atlassianUserInfo", this::userInfo, //
				"getAccessibleAtlassianResources", (call) -> Json.array().add(this.workplace.site()), //
				"lookupJiraAccountId", this::lookup);
	}

	private JsonNode userInfo(Invocation call) {
		JsonNode person = this.workplace.person(call.person());
		return Json.object()
			.put("account_id", call.person())
			.put("email", person.path("emailAddress").asString())
			.put("name", person.path("displayName").asString())
			.put("account_status", "active");
	}

	private JsonNode lookup(Invocation call) {
		String wanted = call.text("searchString").toLowerCase(Locale.ROOT);
		return Json.object()
			.set("users",
					this.workplace.select("people",
							(person) -> (person.path("displayName").asString() + person.path("emailAddress").asString())
								.toLowerCase(Locale.ROOT)
								.contains(wanted)));
	}

}
