package dev.mcpbridge.access;

import java.time.Duration;
import java.time.InstantSource;

import dev.mcpbridge.access.AccessListener.Challenge;
import dev.mcpbridge.access.AccessListener.ForcedRefresh;
import dev.mcpbridge.access.AccessListener.Replay;
import dev.mcpbridge.access.UpstreamBearer.Granted;
import dev.mcpbridge.access.UpstreamBearer.Refused;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.refresh.GrantKeeper;
import dev.mcpbridge.refresh.RefreshOutcome;
import dev.mcpbridge.upstream.UpstreamTokens;
import reactor.core.publisher.Mono;

/**
 * What is done about an upstream that refuses a token, before the client hears of it.
 * <p>
 * A token that was made just now is tried again after a moment, since it may not be known
 * at every edge of the upstream yet. Any other is renewed, and the request sent again
 * with the new one. So a request is sent four times at most, and renews once.
 */
final class Replays {

	private static final Duration JUST_MINTED = Duration.ofSeconds(30);

	private static final Duration MOMENT = Duration.ofMillis(300);

	private final GrantKeeper keeper;

	private final InstantSource clock;

	private final AccessListener listener;

	/**
	 * Makes what all requests share.
	 * @param keeper renews tokens
	 * @param clock tells how old a token is
	 * @param listener hears what is done
	 */
	Replays(GrantKeeper keeper, InstantSource clock, AccessListener listener) {
		this.keeper = keeper;
		this.clock = clock;
		this.listener = listener;
	}

	/**
	 * Sends a request until the upstream takes its token, or nothing more can be done.
	 * @param granted the token to begin with
	 * @param grant whose token it is
	 * @param attempts sends the request
	 * @return empty if the upstream's answer is written; else why it is not
	 */
	Mono<UpstreamBearer> send(Granted granted, Grant grant, Attempts attempts) {
		return inUse(grant, patiently(attempts.send(granted, Replays::nothing), granted, attempts)
			.filter(Boolean::booleanValue)
			.flatMap((refused) -> renewed(grant))
			.flatMap((bearer) -> (bearer instanceof Granted newer) ? replay(newer, attempts) : Mono.just(bearer)));
	}

	private Mono<UpstreamBearer> replay(Granted newer, Attempts attempts) {
		if (!attempts.areRepeatable()) {
			this.listener.notReplayable();
			return Mono.just(new Refused(Challenge.UPSTREAM));
		}
		return patiently(again(Replay.REFRESHED, newer, attempts), newer, attempts).filter(Boolean::booleanValue)
			.map((refused) -> new Refused(Challenge.UPSTREAM));
	}

	private Mono<Boolean> patiently(Mono<Boolean> attempt, Granted granted, Attempts attempts) {
		return attempt.flatMap((refused) -> (refused && attempts.areRepeatable() && isJustMinted(granted))
				? Mono.delay(MOMENT).then(again(Replay.JUST_MINTED, granted, attempts)) : Mono.just(refused));
	}

	private Mono<Boolean> again(Replay why, Granted granted, Attempts attempts) {
		return attempts.send(granted, () -> this.listener.replayed(why, true))
			.doOnNext((refused) -> heard(why, refused));
	}

	private void heard(Replay why, boolean refused) {
		if (refused) {
			this.listener.replayed(why, false);
		}
	}

	private boolean isJustMinted(Granted granted) {
		Grant grant = granted.grant();
		UpstreamTokens tokens = (grant != null) ? grant.tokens() : null;
		return tokens != null && tokens.issuedAt().plus(JUST_MINTED).isAfter(this.clock.instant());
	}

	private Mono<UpstreamBearer> renewed(Grant grant) {
		return this.keeper.rejected(grant).map((outcome) -> {
			ForcedRefresh renewal = renewal(grant, outcome);
			this.listener.forcedRefresh(renewal);
			return (renewal == ForcedRefresh.NOTHING_NEWER) ? new Refused(Challenge.UPSTREAM)
					: UpstreamBearer.of(outcome);
		});
	}

	private static ForcedRefresh renewal(Grant refused, RefreshOutcome outcome) {
		if (outcome instanceof RefreshOutcome.Rotated) {
			return ForcedRefresh.ROTATED;
		}
		if (outcome instanceof RefreshOutcome.Kept kept) {
			return isSameToken(refused, kept.grant()) ? ForcedRefresh.NOTHING_NEWER : ForcedRefresh.FOUND_NEWER;
		}
		return (outcome instanceof RefreshOutcome.Unreachable) ? ForcedRefresh.UNREACHABLE : ForcedRefresh.REVOKED;
	}

	private static boolean isSameToken(Grant refused, Grant kept) {
		UpstreamTokens before = refused.tokens();
		UpstreamTokens after = kept.tokens();
		return before != null && after != null && before.accessToken().equals(after.accessToken());
	}

	private static void nothing() {
	}

	/** While an exchange is open, streams included, its grant is kept fresh. */
	private <T> Mono<T> inUse(Grant grant, Mono<T> exchange) {
		return Mono.using(() -> {
			this.keeper.enter(grant);
			return grant;
		}, (entered) -> exchange, this.keeper::leave);
	}

}
