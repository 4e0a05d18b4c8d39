package dev.mcpbridge.app.doctor;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class StartFailureTests {

	private final StartFailure failure = new StartFailure(null);

	@Test
	void aValueOutsideAClosedSetIsNamedWithTheSet() {
		assertThat(this.failure.inWords(binding("mcp.bridge.store", "nonsense", Choice.class)))
			.isEqualTo("mcp.bridge.store: nonsense (expected: none-at-all, some)");
	}

	@Test
	void aSecretIsNotQuoted() {
		assertThat(this.failure.inWords(binding("some.password", "sesame", Integer.class)))
			.startsWith("some.password: ***")
			.doesNotContain("sesame");
	}

	@Test
	void aRefusalOfOursIsQuotedAndOneOfAStrangerIsNot() {
		String ours = "mcp.bridge.public-url: ftp://x (expected: an https URL, or http on a loopback host)";
		assertThat(this.failure.inWords(new IllegalArgumentException(ours))).isEqualTo(ours);
		assertThat(this.failure.inWords(new IllegalStateException("redis://u:sesame@h"))).doesNotContain("sesame");
	}

	private static BindException binding(String name, String value, Class<?> type) {
		Binder binder = new Binder(new MapConfigurationPropertySource(Map.of(name, value)));
		return catchThrowableOfType(BindException.class, () -> binder.bind(name, type));
	}

	/** A closed set. */
	enum Choice {

		NONE_AT_ALL, SOME

	}

}
