package dev.mcpbridge.access;

import java.util.List;

import dev.mcpbridge.oauth.PublicUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which names are ours.
 */
class AllowedHostsTests {

	static final PublicUrl HERE = PublicUrl.of("http://localhost:8080", false);

	static final PublicUrl THERE = PublicUrl.of("https://gw.example.com/bridge", false);

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "localhost:8080", "LocalHost:1", "127.0.0.1", "127.1.2.3:99", "[::1]",
			"[::1]:80", "app.localhost" })
	void onAMachineOfOnesOwnEveryNameOfItIs(String host) {
		assertThat(AllowedHosts.of(HERE, List.of()).contain(List.of(host))).isTrue();
		assertThat(AllowedHosts.of(HERE, List.of("gw.test")).contain(List.of(host))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example.com", "localhost.evil.example", "127.0.0.1.evil.example",
			"evil.example#localhost", "localhost:80:80", "evil@localhost", "localhost evil", "", "[::2]", "127.0.0.1:x",
			"10.0.0.1:8080" })
	void onAMachineOfOnesOwnNoOtherIs(String host) {
		assertThat(AllowedHosts.of(HERE, List.of()).contain(List.of(host))).isFalse();
	}

	@Test
	void aRequestNamesExactlyOneHost() {
		assertThat(AllowedHosts.of(HERE, List.of()).contain(List.of())).isFalse();
		assertThat(AllowedHosts.of(HERE, List.of()).contain(List.of("localhost", "localhost"))).isFalse();
	}

	@Test
	void elsewhereAnyNameIsUnlessSomeAreNamed() {
		assertThat(AllowedHosts.of(THERE, List.of()).contain(List.of("anything"))).isTrue();
		assertThat(AllowedHosts.of(THERE, List.of()).contain(List.of())).isTrue();
		AllowedHosts named = AllowedHosts.of(THERE, List.of("Inner", "pod:8080", "[fd00::1]"));
		assertThat(List.of("gw.example.com", "GW.example.com:443", "inner", "INNER:99", "pod:8080", "[FD00::1]:1"))
			.allMatch((host) -> named.contain(List.of(host)));
		assertThat(List.of("pod", "pod:81", "localhost", "127.0.0.1", "evil.example", "xgw.example.com"))
			.noneMatch((host) -> named.contain(List.of(host)));
	}

	@Test
	void aStarIsAnyName() {
		assertThat(AllowedHosts.of(HERE, List.of("*")).contain(List.of("evil.example.com"))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://gw.example.com", "*.example.com", "gw.example.com/", "a b", "gw:port", "" })
	void whatIsNoHostIsNamed(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> AllowedHosts.of(THERE, List.of(name)))
			.withMessageStartingWith("mcp.bridge.allowed-hosts: " + name + " (expected: ");
	}

}
