package dev.mcpbridge.session;

import java.util.List;

import com.nimbusds.jose.jwk.JWK;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.KeyedMark;
import dev.mcpbridge.secret.Keys;
import dev.mcpbridge.session.Presented.Own;
import dev.mcpbridge.session.Presented.Rejected;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ids of any shape, owners of any name, and the replicas between which they travel.
 */
class OwnedIdsProperties {

	static final JWK SYMMETRIC = Keys.symmetric("oct");

	static final JWK SIGNING = Keys.rsa("rsa");

	/** The same keys, new ones behind them, and in another order. */
	static final List<KeyRing> REPLICAS = List.of(Keys.ring(SIGNING, SYMMETRIC),
			Keys.ring(SIGNING, SYMMETRIC, Keys.rsa("new"), Keys.symmetric("newer")), Keys.ring(SYMMETRIC, SIGNING));

	@Property
	void whatOneReplicaHandsOutOpensOnEveryOther(@ForAll String owner,
			@ForAll @CharRange(from = '!', to = '~') @StringLength(max = 300) String id,
			@ForAll @IntRange(max = 2) int from, @ForAll @IntRange(max = 2) int to) {
		String handedOut = of(from, owner).handedOut(id);
		assertThat(of(to, owner).read(handedOut)).isInstanceOfSatisfying(Own.class,
				(own) -> assertThat(own.upstream()).isEqualTo(id));
		assertThat(handedOut).startsWith(id).hasSize(id.length() + 23);
	}

	@Property
	void noOtherOwnerGetsIn(@ForAll String owner, @ForAll String other,
			@ForAll @CharRange(from = '!', to = '~') @StringLength(max = 50) String id) {
		Assume.that(!owner.equals(other));
		assertThat(of(0, other).read(of(0, owner).handedOut(id))).isInstanceOf(Rejected.class);
	}

	@Property
	void whatIsMadeUpIsNobodys(@ForAll String owner, @ForAll @StringLength(max = 60) String presented) {
		assertThat(of(0, owner).read(presented)).isInstanceOf(Rejected.class);
	}

	private static OwnedIds of(int replica, String owner) {
		return new OwnedIds(new KeyedMark(() -> REPLICAS.get(replica), "session"), owner, "sessionId",
				SessionListener.NONE);
	}

}
