package dev.mcpbridge.policy.rule;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.mcpbridge.exchange.Identity;
import dev.mcpbridge.policy.Decision;
import dev.mcpbridge.policy.Decision.Verdict;
import dev.mcpbridge.policy.ToolCall;
import dev.mcpbridge.policy.ToolClass;
import dev.mcpbridge.policy.ToolClasses;
import dev.mcpbridge.policy.ToolClasses.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may call which tool: rules in order, of which the first that is about a call
 * decides, and a mode for calls none is about.
 * <p>
 * A tool that runs others is judged twice: as itself, and as the tool it is told to run.
 * Both have to pass.
 */
public final class ToolPolicy {

	private final String name;

	private final Mode mode;

	private final boolean dryRun;

	private final List<Rule> rules;

	private final Catalogue catalogue;

	/**
	 * Makes a policy.
	 * @param name its name, for logs, records and the client
	 * @param mode what becomes of calls no rule is about
	 * @param dryRun whether it only says what it would do
	 * @param rules the rules in their order
	 * @param catalogue what is known of tools and people
	 */
	public ToolPolicy(String name, Mode mode, boolean dryRun, List<Rule> rules, Catalogue catalogue) {
		this.name = name;
		this.mode = mode;
		this.dryRun = dryRun;
		this.rules = List.copyOf(rules);
		this.catalogue = catalogue;
	}

	/**
	 * Judges a call.
	 * @param who who calls
	 * @param call what is called
	 * @return what is decided
	 */
	public Judgement judge(Identity who, ToolCall call) {
		Judgement outer = judgeAlone(who, call);
		Optional<String> running = this.catalogue.classes().argument(call.name(), Role.RUNS);
		if (running.isEmpty() || outer.decision().verdict() != Verdict.ALLOWED) {
			return outer;
		}
		ToolCall run = inner(call, running.get());
		Judgement inner = this.catalogue.classes().isPlausible(run.name()) ? judgeAlone(who, run)
				: refused("name", "", "No tool has such a name", Set.of());
		return (inner.decision().verdict() != Verdict.ALLOWED) ? inner : outer;
	}

	/**
	 * Tells whether somebody may see a tool in a list: whether some call of it might
	 * pass, be it with another scope.
	 * @param who who asks for the list
	 * @param tool the name of the tool
	 * @return whether it stays
	 */
	public boolean shows(Identity who, String tool) {
		ToolClass kind = this.catalogue.kindOf(tool);
		Set<String> memberOf = this.catalogue.groups().of(who);
		return this.dryRun || this.rules.stream()
			.map((rule) -> rule.sees(tool, kind, who, memberOf))
			.filter((sight) -> sight != Rule.Sight.NOTHING)
			.findFirst()
			.map((sight) -> sight == Rule.Sight.SHOWN)
			.orElseGet(() -> this.mode.allows(kind));
	}

	private Judgement judgeAlone(Identity who, ToolCall call) {
		Facts facts = new Facts(this.catalogue.classes(), who, this.catalogue.groups().of(who), call,
				this.catalogue.kindOf(call.name()));
		Set<String> missing = Set.of();
		for (Rule rule : this.rules) {
			switch (rule.match(facts)) {
				case YES -> {
					return (rule.effect() == Effect.ALLOW) ? allowed(rule.name()) : refused(rule, missing);
				}
				case UNDECIDED -> {
					return refused("expression", rule.name(), "The call could not be judged", Set.of());
				}
				case BUT_FOR_SCOPE ->
					missing = (rule.effect() == Effect.ALLOW && missing.isEmpty()) ? rule.scopes() : missing;
				default -> {
				}
			}
		}
		return this.mode.allows(facts.kind()) ? allowed("") : refused(facts, missing);
	}

	private Judgement allowed(String rule) {
		return new Judgement(new Decision(Verdict.ALLOWED, rule.isEmpty() ? "mode" : "rule", this.name, rule), "",
				Set.of());
	}

	private Judgement refused(Rule rule, Set<String> missing) {
		String message = rule.message();
		return refused("rule", rule.name(), (message != null) ? message : "Not allowed by the policy of this gateway",
				missing);
	}

	private Judgement refused(Facts facts, Set<String> missing) {
		boolean readOnly = this.mode == Mode.READ_ONLY;
		return refused("mode", "",
				readOnly ? "Only tools that read are allowed here" : "Not allowed by the policy of this gateway",
				missing);
	}

	private Judgement refused(String reason, String rule, String text, Set<String> missing) {
		return new Judgement(new Decision(this.dryRun ? Verdict.WOULD_REFUSE : Verdict.REFUSED,
				missing.isEmpty() ? reason : "scope", this.name, rule), text, missing);
	}

	/** What is not named is no tool anybody knows. */
	private ToolCall inner(ToolCall call, String argument) {
		JsonNode named = call.arguments().path(argument);
		String tool = named.isString() ? named.stringValue() : "";
		ObjectNode rest = call.arguments().deepCopy();
		rest.remove(argument);
		List<ObjectNode> objects = rest.values()
			.stream()
			.filter(ObjectNode.class::isInstance)
			.map(ObjectNode.class::cast)
			.toList();
		return new ToolCall(tool, this.catalogue.classes().classOf(tool), (objects.size() == 1) ? objects.get(0) : rest,
				call.id());
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * What is known of tools and people, the same for all policies.
	 *
	 * @param classes the classes of tools
	 * @param unknownAs the class by which tools are judged of which none is known
	 * @param groups who is in which group
	 */
	public record Catalogue(ToolClasses classes, ToolClass unknownAs, Groups groups) {

		ToolClass kindOf(String tool) {
			ToolClass known = this.classes.classOf(tool);
			return (known != ToolClass.UNKNOWN) ? known : this.unknownAs;
		}

	}

}
