package dev.mcpbridge.app.probe.token;

import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

import dev.mcpbridge.secret.Secret;

/**
 * Takes secrets out of texts, in case a service repeats what it was sent.
 */
public final class Redaction {

	/** Shorter ones occur by chance. */
	private static final int SHORTEST_PART = 12;

	private static final int LONGEST_TEXT = 4000;

	private final Set<String> secrets = new TreeSet<>(
			Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

	/**
	 * Takes a secret, and its parts, out of texts from now on.
	 * @param secret the secret
	 */
	public void learn(Secret secret) {
		String text = secret.reveal();
		this.secrets.add(text);
		for (String part : text.split("[:.]")) {
			if (part.length() >= SHORTEST_PART) {
				this.secrets.add(part);
			}
		}
	}

	/**
	 * Cleans a text.
	 * @param text the text
	 * @return the text without the secrets, and without what could garble a terminal
	 */
	public String clean(String text) {
		String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
		for (String secret : this.secrets) {
			clean = clean.replace(secret, "***");
		}
		return clean.substring(0, Math.min(clean.length(), LONGEST_TEXT));
	}

}
