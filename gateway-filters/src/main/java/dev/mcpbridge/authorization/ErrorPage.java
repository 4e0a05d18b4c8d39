package dev.mcpbridge.authorization;

import java.net.URI;

import dev.mcpbridge.oauth.OAuthError;

/**
 * What the person reads when a login cannot go on.
 *
 * @param title what happened, in a few words
 * @param explanation why
 * @param remedy what to do now
 * @param code the error code, for whoever is asked for help
 */
record ErrorPage(String title, String explanation, String remedy, String code) {

	private static final String START_AGAIN = "Go back to the application and connect again. If it happens again, remove the connection there and add it anew.";

	static ErrorPage of(OAuthError error) {
		return new ErrorPage("This sign-in request is not valid",
				"The application sent something this gateway cannot accept: " + error.description() + ".", START_AGAIN,
				error.code());
	}

	static ErrorPage lostLogin() {
		return new ErrorPage("This sign-in cannot be continued",
				"It was started in another browser, took too long, or was already finished.", START_AGAIN,
				"invalid_state");
	}

	static ErrorPage untrustedAnswer() {
		return new ErrorPage("This sign-in was stopped", "The answer did not come from the server that was asked.",
				START_AGAIN, "invalid_issuer");
	}

	static ErrorPage unavailable() {
		return new ErrorPage("Atlassian cannot be reached right now",
				"The gateway got no usable answer from Atlassian's sign-in service.",
				"Wait a minute, then connect again from the application. Nothing you are signed in to is lost.",
				"temporarily_unavailable");
	}

	static ErrorPage refused(URI callback) {
		return new ErrorPage("Atlassian does not accept this gateway",
				"Atlassian refused to register this gateway as an application.",
				"An administrator of your Atlassian organization has to allow the gateway's address: Administration → Rovo → Rovo MCP server → Domains, add %s://%s/**. The callback URL is %s."
					.formatted(callback.getScheme(), callback.getRawAuthority(), callback),
				"callback_not_allowed");
	}

	static ErrorPage misconfigured() {
		return new ErrorPage("This gateway is not set up correctly",
				"What Atlassian publishes about its sign-in service does not match the gateway's configuration.",
				"Ask whoever runs this gateway; its log names the reason.", "server_error");
	}

	static ErrorPage broken() {
		return new ErrorPage("Something went wrong in this gateway",
				"It could not finish what it was doing. You and the application did nothing wrong.",
				"Wait a minute, then connect again from the application. If it happens again, tell whoever runs this gateway.",
				"server_error");
	}

}
