package dev.mcpbridge.autoconfigure;

import java.util.Optional;

import dev.mcpbridge.authorization.ClientNames;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.GrantListener.RevokedBy;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.refresh.GrantRevocation;
import dev.mcpbridge.secret.MissingKeyException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What an operator can do with grants: count, list and end them.
 * <p>
 * All of it reads the whole store, a few grants at a time; a list reads only the grants
 * it shows, and those its selection leaves out.
 */
final class GrantDesk {

	private static final int AT_ONCE = 16;

	private final Grants grants;

	private final GrantRevocation revocation;

	private final ClientNames names;

	GrantDesk(Grants grants, GrantRevocation revocation, ClientNames names) {
		this.grants = grants;
		this.revocation = revocation;
		this.names = names;
	}

	Mono<GrantCount> count() {
		return this.grants.ids()
			.flatMap((id) -> read(id).map(GrantCount::of).defaultIfEmpty(GrantCount.UNREADABLE), AT_ONCE)
			.reduce(GrantCount.NONE, GrantCount::plus);
	}

	Mono<GrantPage> list(GrantSelection selection, int limit, @Nullable String after) {
		return this.grants.ids()
			.filter((id) -> after == null || id.compareTo(after) > 0)
			.sort()
			.flatMapSequential(this::read, AT_ONCE, 1)
			.filter(selection::matches)
			.take(limit + 1L)
			.concatMap(this::entry)
			.collectList()
			.map((entries) -> GrantPage.of(entries, limit));
	}

	/**
	 * Ends grants, those that ended before left alone.
	 * @param selection which
	 * @return how many were ended
	 */
	Mono<Long> end(GrantSelection selection) {
		Flux<String> candidates = (selection.grant() != null) ? Flux.just(selection.grant()) : this.grants.ids();
		return candidates.flatMap(this::read, AT_ONCE)
			.filter((grant) -> !grant.hasEnded() && selection.matches(grant))
			.flatMap((grant) -> this.revocation.revoke(grant.id(), RevokedBy.OPERATOR), AT_ONCE)
			.filter(Boolean::booleanValue)
			.count();
	}

	/** What does not open is neither listed nor ended. */
	private Mono<Grant> read(String id) {
		return this.grants.find(id).onErrorResume(MissingKeyException.class, (missing) -> Mono.empty());
	}

	private Mono<GrantEntry> entry(Grant grant) {
		return this.names.nameOf(grant.clientId())
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.map((name) -> GrantEntry.of(grant, name.orElse(null)));
	}

}
