package dev.mcpbridge.policy.wire;

import org.jspecify.annotations.Nullable;

/**
 * Puts other messages in the place of those an upstream answers with.
 */
@FunctionalInterface
public interface MessageRewriter {

	/**
	 * Rewrites a message, or a batch of them.
	 * @param json the text
	 * @return the text to put in its place; {@code null} to leave it as it is
	 * @throws UnreadableAnswerException if it is no JSON, and must not pass then
	 */
	@Nullable String rewrite(String json);

}
