package dev.mcpbridge.simulator.oauth;

import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Call;

/**
 * The page that asks: plain HTML, one form, two buttons.
 */
final class ConsentPage {

	private ConsentPage() {
	}

	static Answer of(Call call, AuthorizationRequest request, String person) {
		return page(200, "Allow access to Atlassian?", """
				<p><strong>%s</strong> asks for access as person <code>%s</code>.</p>
				<p id="scopes">Scopes: %s</p>
				<p>You will return to <code>%s</code>.</p>
				<form method="post" action="%s">
				<button type="submit" name="decision" value="allow">Allow</button>
				<button type="submit" name="decision" value="deny">Deny</button>
				</form>
				""".formatted(escaped(request.client().name()), person, escaped(request.scope()),
				escaped(request.redirectUri()), escaped(call.path() + "?" + call.query())));
	}

	static Answer refused(String reason) {
		return page(400, "This request cannot be allowed", "<p role=\"alert\">%s</p>\n".formatted(escaped(reason)));
	}

	private static Answer page(int status, String title, String main) {
		return Answer.text(status, "text/html;charset=utf-8", """
				<!DOCTYPE html>
				<html lang="en">
				<head>
				<meta charset="utf-8">
				<meta name="viewport" content="width=device-width, initial-scale=1">
				<title>%1$s</title>
				</head>
				<body>
				<main>
				<h1>%1$s</h1>
				<p>This is a simulated Atlassian: no real account is involved.</p>
				%2$s</main>
				</body>
				</html>
				""".formatted(title, main)).with("cache-control", "no-store");
	}

	private static String escaped(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

}
