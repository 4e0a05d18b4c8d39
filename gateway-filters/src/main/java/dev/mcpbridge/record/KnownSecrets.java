package dev.mcpbridge.record;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets that were seen where secrets are, so that they are known elsewhere too,
 * whatever they look like. The newest are remembered, in this process only.
 * <p>
 * For one thread.
 */
final class KnownSecrets {

	private static final int KEPT = 10_000;

	/** What is shorter is too likely a word of somebody. */
	private static final int SHORTEST = 12;

	private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.~+/=-]{" + SHORTEST + ",}");

	private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-]{" + SHORTEST + ",}");

	private final Map<String, String> known = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
			return size() > KEPT;
		}

	};

	/**
	 * Remembers a secret, and its parts that are as telling.
	 * @param secret the secret
	 * @param pseudonym what stands for it
	 */
	void learn(String secret, String pseudonym) {
		Matcher words = WORD.matcher(secret);
		while (words.find()) {
			this.known.put(words.group(), pseudonym);
		}
		Matcher parts = PART.matcher(secret);
		while (parts.find()) {
			this.known.put(parts.group(), pseudonym);
		}
	}

	/**
	 * Replaces every word that is known.
	 * @param text any text
	 * @return the text without them
	 */
	String replaceIn(String text) {
		if (this.known.isEmpty() || text.length() < SHORTEST) {
			return text;
		}
		return replaced(PART, replaced(WORD, text));
	}

	private String replaced(Pattern words, String text) {
		Matcher matcher = words.matcher(text);
		return matcher
			.replaceAll((word) -> Matcher.quoteReplacement(this.known.getOrDefault(word.group(), word.group())));
	}

}
