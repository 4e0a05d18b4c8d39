package dev.mcpbridge.policy.rule;

import java.util.Map;

import org.springframework.expression.spel.support.MapAccessor;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

/**
 * An expression over a call, parsed once.
 * <p>
 * It can look at the call and at nothing else: no types, no constructors, no beans, no
 * assignments. What a client sends is never parsed as an expression. One that fails, on
 * an argument that is not there for example, is neither true nor false: the call is
 * refused.
 */
public final class Condition {

	private static final SpelExpressionParser PARSER = new SpelExpressionParser();

	/** It holds nothing of a call. */
	private static final SimpleEvaluationContext CONTEXT = SimpleEvaluationContext
		.forPropertyAccessors(new MapAccessor(false))
		.withAssignmentDisabled()
		.withInstanceMethods()
		.build();

	private final String text;

	private final Expression expression;

	/**
	 * Parses an expression.
	 * @param text the expression, in the Spring Expression Language
	 * @throws IllegalArgumentException if it is none
	 */
	public Condition(String text) {
		this.text = text;
		try {
			this.expression = PARSER.parseExpression(text);
		}
		catch (ParseException ex) {
			throw new IllegalArgumentException(
					"when: %s (expected: an expression; %s)".formatted(text, ex.getMessage()));
		}
	}

	/**
	 * Tells whether it is true of a call.
	 * @throws Undecided if nobody can tell
	 */
	boolean isTrueOf(Map<String, Object> root) throws Undecided {
		try {
			if (this.expression.getValue(CONTEXT, root) instanceof Boolean decided) {
				return decided;
			}
			throw new Undecided();
		}
		catch (RuntimeException ex) {
			// what a method throws that it calls comes as it is
			throw new Undecided();
		}
	}

	@Override
	public String toString() {
		return this.text;
	}

	/** An expression failed, or is neither true nor false. */
	static final class Undecided extends Exception {

		private static final long serialVersionUID = 1L;

		Undecided() {
			super("undecided", null, false, false);
		}

	}

}
