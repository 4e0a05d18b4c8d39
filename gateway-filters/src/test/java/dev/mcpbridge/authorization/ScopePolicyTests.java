package dev.mcpbridge.authorization;

import java.util.List;

import com.nimbusds.oauth2.sdk.Scope;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScopePolicyTests {

	static final ScopePolicy SOME = new ScopePolicy(List.of("read", "write", "offline_access"));

	static final ScopePolicy ANY = new ScopePolicy(List.of());

	@Test
	void whatIsAskedForAndThereIsGranted() {
		assertThat(SOME.choose(Scope.parse("write admin read"))).isEqualTo("write read offline_access");
		assertThat(ANY.choose(Scope.parse("write admin"))).isEqualTo("write admin offline_access");
	}

	@Test
	void whoAsksForNothingUsefulGetsAll() {
		for (String asked : List.of("", "admin", "offline_access", "openid offline_access")) {
			assertThat(SOME.choose(Scope.parse(asked)).split(" ")).containsExactlyInAnyOrder("read", "write",
					"offline_access");
		}
		assertThat(SOME.choose(null)).isEqualTo("read write offline_access");
	}

	@Test
	void offlineAccessIsNamedOnce() {
		assertThat(SOME.choose(Scope.parse("offline_access read offline_access"))).isEqualTo("offline_access read");
		assertThat(ANY.choose(Scope.parse("offline_access"))).isEqualTo("offline_access");
	}

	@Test
	void nothingIsMadeUpWhereNobodyKnowsTheScopes() {
		assertThat(ANY.choose(null)).isEmpty();
		assertThat(new ScopePolicy(List.of("offline_access")).choose(null)).isEqualTo("offline_access");
	}

}
