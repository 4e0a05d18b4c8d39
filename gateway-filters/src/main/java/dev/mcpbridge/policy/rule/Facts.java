package dev.mcpbridge.policy.rule;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.mcpbridge.exchange.Identity;
import dev.mcpbridge.policy.ToolCall;
import dev.mcpbridge.policy.ToolClass;
import dev.mcpbridge.policy.ToolClasses;
import dev.mcpbridge.policy.ToolClasses.Role;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What rules may ask about a call, found out when it is asked.
 */
final class Facts {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String SITE = "cloudId";

	private final ToolClasses classes;

	private final Identity who;

	private final Set<String> memberOf;

	private final ToolCall call;

	private final ToolClass kind;

	private @Nullable Place projects;

	private @Nullable Place spaces;

	private @Nullable Map<String, Object> root;

	Facts(ToolClasses classes, Identity who, Set<String> memberOf, ToolCall call, ToolClass kind) {
		this.classes = classes;
		this.who = who;
		this.memberOf = memberOf;
		this.call = call;
		this.kind = kind;
	}

	Identity who() {
		return this.who;
	}

	Set<String> memberOf() {
		return this.memberOf;
	}

	String tool() {
		return this.call.name();
	}

	/** The class the call is judged by, which is never unknown. */
	ToolClass kind() {
		return this.kind;
	}

	Place projects() {
		Place known = this.projects;
		if (known == null) {
			Optional<String> issue = this.classes.argument(tool(), Role.ISSUE);
			String locator = issue.or(() -> this.classes.argument(tool(), Role.PROJECT)).orElse("");
			known = PlaceReader.projects(this.call.arguments(), issue.isPresent(), locator);
			this.projects = known;
		}
		return known;
	}

	Place spaces() {
		Place known = this.spaces;
		if (known == null) {
			known = PlaceReader.spaces(this.call.arguments(), this.classes.argument(tool(), Role.SPACE).orElse(""));
			this.spaces = known;
		}
		return known;
	}

	/** A site is named by its cloud id, or by the URL of one of its products. */
	Place site() {
		JsonNode site = this.call.arguments().path(SITE);
		if (!site.isString()) {
			return new Place(false, Set.of(), !site.isMissingNode());
		}
		String host = site.stringValue().strip().replaceFirst("(?i)^https?://", "").replaceFirst("[/?#:].*$", "");
		return new Place(true, Set.of(host.toUpperCase(Locale.ROOT)), false);
	}

	/** What expressions see. */
	Map<String, Object> root() {
		Map<String, Object> known = this.root;
		if (known == null) {
			String client = this.who.clientId();
			known = Map.of("tool", tool(), "kind", this.kind.word(), "args", arguments(), "person", this.who.subject(),
					"client", (client != null) ? client : "", "scopes", this.who.scopes(), "groups", this.memberOf);
			this.root = known;
		}
		return known;
	}

	@SuppressWarnings("unchecked")
	private Map<String, Object> arguments() {
		return JSON.convertValue(this.call.arguments(), Map.class);
	}

}
