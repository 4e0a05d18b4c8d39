package dev.mcpbridge.policy.rule;

import java.util.Set;

import dev.mcpbridge.exchange.Identity;
import dev.mcpbridge.policy.ToolClass;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a policy. It is about the calls of which all holds that it says.
 *
 * @param name its name, for logs, records and the client
 * @param effect what it makes of them
 * @param tools which tools
 * @param callers whose calls
 * @param scopes what the token has to allow, all of it; a call that lacks only this is
 * told so, if the rule would let it pass
 * @param places where they act: certainly there to pass, possibly there to be refused
 * @param when what else has to be true of them, or {@code null}
 * @param message what the client is told when it refuses, or {@code null}
 */
public record Rule(String name, Effect effect, Tools tools, Callers callers, Set<String> scopes, Places places,
		@Nullable Condition when, @Nullable String message) {

	public Rule {
		scopes = Set.copyOf(scopes);
	}

	/** Whether it is about a call. */
	Match match(Facts call) {
		if (!this.tools.contain(call.tool(), call.kind()) || !this.callers.contain(call.who(), call.memberOf())
				|| !isThere(call)) {
			return Match.NO;
		}
		try {
			if (this.when != null && !this.when.isTrueOf(call.root())) {
				return Match.NO;
			}
		}
		catch (Condition.Undecided ex) {
			return Match.UNDECIDED;
		}
		return call.who().scopes().containsAll(this.scopes) ? Match.YES : Match.BUT_FOR_SCOPE;
	}

	/**
	 * Whether it decides about a tool whatever its arguments are, or may about some.
	 */
	Sight sees(String tool, ToolClass kind, Identity who, Set<String> memberOf) {
		if (!this.tools.contain(tool, kind) || !this.callers.contain(who, memberOf)) {
			return Sight.NOTHING;
		}
		if (this.effect == Effect.ALLOW) {
			return Sight.SHOWN;
		}
		boolean certain = this.places.areAny() && this.when == null && who.scopes().containsAll(this.scopes);
		return certain ? Sight.HIDDEN : Sight.NOTHING;
	}

	private boolean isThere(Facts call) {
		return this.places.areAny()
				|| ((this.effect == Effect.ALLOW) ? this.places.contain(call) : this.places.mayContain(call));
	}

	/** Whether a rule is about a call. */
	enum Match {

		YES, NO, BUT_FOR_SCOPE, UNDECIDED

	}

	/** What a rule says about a tool before it is called. */
	enum Sight {

		SHOWN, HIDDEN, NOTHING

	}

}
