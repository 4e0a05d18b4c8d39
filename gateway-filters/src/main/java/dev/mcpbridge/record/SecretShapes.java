package dev.mcpbridge.record;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what looks like a credential, or stands where one does, in any text.
 * <p>
 * It takes rather too much than too little. What a bound cut off is found too: a secret
 * is known by its beginning.
 * <p>
 * No pattern looks at a character more than a bounded number of times, nor nests without
 * a bound: what is looked at may be written to hurt.
 */
final class SecretShapes {

	/** Names whose value is a credential wherever they stand. */
	static final Pattern NAMES = Pattern.compile(
			"(?i)(access|refresh|id|registration_access|device|subject|actor|atlassian_access|auth|api|bearer|csrf|xsrf|session)[_-]?tokens?"
					+ "|(client[_-]?)?secret|(client[_-]?)?assertion|passw(or)?d|passphrase|authorization|(set-?)?cookies?"
					+ "|api[_-]?keys?|private[_-]?key|code[_-]?(verifier|challenge)|mcp-session-id|session[_-]?id|session|ticket|logout_token");

	/** Names whose value is an account, which Atlassian's tokens begin with. */
	static final Pattern ACCOUNTS = Pattern.compile("(?i)(account|author|owner|user)[_-]?id");

	/** Names whose value is one at an authorization server, and a word elsewhere. */
	static final Pattern OAUTH_NAMES = Pattern
		.compile("(?i)code|state|token|nonce|user_code|device_code|request_uri|client_id|sig|signature");

	private static final String TELLING = "(?i)(?:[a-z_-]*token|code|state|nonce|client_secret|(?:client_)?assertion|password|code_verifier"
			+ "|code_challenge|session_?id|ticket|api_?key)";

	/** The value is in the first group. */
	private static final List<Pattern> VALUES = List.of(
			Pattern.compile("(?<![A-Za-z0-9_-])" + TELLING + "(?:=|%3[Dd])([^&\\s\"'<>;,\\[\\]{}%]{6,})"),
			Pattern.compile("\"" + TELLING + "\"\\s*:\\s*\"([^\"\\s\\[]{12,})"),
			Pattern.compile("\"(?i)(?:account|author|owner|user)_?id\"\\s*:\\s*\"([^\"\\s\\[]{6,})"),
			Pattern.compile("(?i)(?<![A-Za-z0-9])(?:bearer|basic|dpop)(?:\\s+|%20|\\+)([A-Za-z0-9._~+/=:-]{8,})"),
			Pattern.compile(
					"(?i)(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,15}://([^\\s/?#@\\[\\]:]{1,256}:[^\\s/?#@\\[\\]]{1,512})@"));

	/** The whole is the secret. */
	private static final Pattern SHAPES = Pattern.compile(
			// JWT and JWE
			"eyJ[A-Za-z0-9_-]{6,}(?:\\.[A-Za-z0-9_-]*){0,4}"
					// userId:grantId:secret, of tokens and codes alike
					+ "|(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{8,}(?::|%3[Aa])[A-Za-z0-9_-]{8,}(?::|%3[Aa])[A-Za-z0-9_-]{16,}"
					// Atlassian API tokens, and those of others
					+ "|AT[A-Z]{2}T3[A-Za-z0-9_=.-]{10,}|(?:gh[pousr]|github_pat|glpat|xox[abeprs]|sk|pk|rk)[_-][A-Za-z0-9_-]{16,}"
					+ "|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{30,}"
					+ "|-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?");

	private static final Pattern EMAIL = Pattern
		.compile("[A-Za-z0-9._%+'-]{1,64}(?:@|%40)[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\\.){1,8}[A-Za-z]{2,24}");

	private final boolean emails;

	SecretShapes(boolean emails) {
		this.emails = emails;
	}

	/**
	 * Replaces what it finds.
	 * @param text any text
	 * @param credential what stands for a credential
	 * @param person what stands for an e-mail address
	 * @return the text without them
	 */
	String replaceIn(String text, UnaryOperator<String> credential, UnaryOperator<String> person) {
		if (text.length() < 6) {
			return text;
		}
		String replaced = text;
		for (Pattern pattern : VALUES) {
			replaced = pattern.matcher(replaced)
				.replaceAll((match) -> Matcher.quoteReplacement(value(match, credential)));
		}
		replaced = SHAPES.matcher(replaced)
			.replaceAll((match) -> Matcher.quoteReplacement(credential.apply(match.group())));
		return this.emails
				? EMAIL.matcher(replaced).replaceAll((match) -> Matcher.quoteReplacement(person.apply(match.group())))
				: replaced;
	}

	private static String value(MatchResult match, UnaryOperator<String> credential) {
		int begin = match.start(1) - match.start();
		int end = match.end(1) - match.start();
		return match.group().substring(0, begin) + credential.apply(match.group(1)) + match.group().substring(end);
	}

}
