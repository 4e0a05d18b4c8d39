package dev.mcpbridge.app.probe.lifecycle;

import java.util.Locale;
import java.util.function.Function;

import dev.mcpbridge.app.probe.contract.Finding;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment does, in this order.
 * <p>
 * The order is the captured one, with one addition: a used refresh token is sent again
 * only when nothing else needs the login, since a service may end it for that.
 */
enum LifecycleStep {

	/** RFC 9728. */
	RESOURCE_METADATA("asks for the metadata of the MCP endpoint", (experiment) -> null, Discovering::resource),

	/** Before any token is there. */
	CHALLENGE("says hello without a token", (experiment) -> null, Talking::challenge),

	/** RFC 8414. */
	DISCOVERY("looks for the authorization server", (experiment) -> null, Discovering::server),

	/** RFC 7591. */
	REGISTRATION("registers a client", Experiment::serverObstacle, SigningIn::register),

	/** RFC 6749 with PKCE. */
	SIGN_IN("sends somebody to the authorization endpoint", SigningIn::obstacle, SigningIn::signIn),

	/** RFC 6749, section 4.1.3. */
	TOKEN("redeems the code", Experiment::codeObstacle, SigningIn::redeem),

	/** RFC 6749, section 5.1. */
	LIFETIME("reads expires_in", Experiment::tokenObstacle, SigningIn::lifetime),

	/** A session with the new token. */
	INITIALIZE("says hello with the access token", Experiment::tokenObstacle, Talking::initialize),

	/** What there is to call. */
	TOOLS("lists the tools", Experiment::tokenObstacle, Talking::tools),

	/** A tool that reads. */
	CALL("calls a tool that reads", Experiment::callObstacle, Calls::withNewest),

	/** At once, as captured. */
	REFRESH("refreshes at once", Refreshing::obstacle, Refreshing::refresh),

	/** What became of the refresh token. */
	ROTATION("compares the refresh tokens", Refreshing::refreshedObstacle, Refreshing::rotation),

	/** The newest token. */
	NEW_ACCESS_TOKEN("calls with the new access token", Calls::refreshedObstacle, Calls::withNewest),

	/** Of before the refresh. */
	OLD_ACCESS_TOKEN("calls with the access token of before", Calls::refreshedObstacle, Calls::withFirst),

	/** The 401. */
	EXPIRED_TOKEN("waits for the end of the access token, and calls with it", Ending::obstacle, Ending::expired),

	/** As after an hour of silence. */
	REFRESH_AFTER_END("refreshes after the end", Ending::afterObstacle, Refreshing::refresh),

	/** As after an hour of silence. */
	CALL_AFTER_END("calls with the access token of that", Ending::callAfterObstacle, Calls::withNewest),

	/** At the end, since it may end the login. */
	USED_REFRESH_TOKEN("sends the refresh token used last once more", Refreshing::usedObstacle, Refreshing::used),

	/** RFC 7009. */
	REVOCATION("gives the tokens back", Experiment::tokenObstacle, Ending::revoke);

	private final String what;

	private final Function<Experiment, @Nullable String> obstacle;

	private final Function<Experiment, Finding> action;

	LifecycleStep(String what, Function<Experiment, @Nullable String> obstacle, Function<Experiment, Finding> action) {
		this.what = what;
		this.obstacle = obstacle;
		this.action = action;
	}

	/** Returns the name a contract knows it by. */
	String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Says what it does, to follow its name. */
	String what() {
		return this.what;
	}

	/** Does it, unless what happened before makes it impossible. */
	Finding take(Experiment experiment) {
		String obstacle = this.obstacle.apply(experiment);
		return (obstacle != null) ? new Finding.Skipped(obstacle) : this.action.apply(experiment);
	}

}
