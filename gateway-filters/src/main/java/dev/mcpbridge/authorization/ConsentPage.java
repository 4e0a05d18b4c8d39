package dev.mcpbridge.authorization;

import java.util.List;

/**
 * What the person reads before they decide.
 *
 * @param clientName what the client calls itself
 * @param redirectHost where the answer goes, as plainly as it can be said
 * @param onThisComputer whether the answer goes to a program on the person's computer
 * @param permissions what the client may do, in plain words
 * @param canRemember whether the decision can be remembered
 * @param action where the form goes
 * @param ticket the sealed request, bound to this browser
 */
record ConsentPage(String clientName, String redirectHost, boolean onThisComputer, List<String> permissions,
		boolean canRemember, String action, String ticket) {

}
