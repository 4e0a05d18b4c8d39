/**
 * What a policy is made of
 * <p>
 * It must not know rules in order, each of whom, what and where.:how a request is read,
 * or what becomes of a decision.
 */
@NullMarked
package dev.mcpbridge.policy.rule;

import org.jspecify.annotations.NullMarked;
