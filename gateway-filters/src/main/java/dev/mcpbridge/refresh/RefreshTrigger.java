package dev.mcpbridge.refresh;

/**
 * Why a refresh was begun.
 */
public enum RefreshTrigger {

	/** A request used a token that is near its end. */
	AHEAD,

	/** A request found a token that no longer serves. */
	STALE,

	/** A client redeemed its refresh token while the upstream's was near its end. */
	CLIENT,

	/** The upstream refused a token before its end. */
	FORCED,

	/** Nobody asked, but the grant is in use. */
	BACKGROUND

}
