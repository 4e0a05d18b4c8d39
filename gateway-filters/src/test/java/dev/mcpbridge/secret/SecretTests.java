package dev.mcpbridge.secret;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A secret tells its text to whoever asks for it by name, and to nobody else.
 */
class SecretTests {

	@Test
	void printsStars() {
		assertThat(Secret.of("hunter2")).hasToString("***");
		assertThat("%s".formatted(new Holder(Secret.of("hunter2")))).isEqualTo("Holder[secret=***]");
	}

	@Test
	void revealsItsText() {
		assertThat(Secret.of("hunter2").reveal()).isEqualTo("hunter2");
	}

	@Test
	void isEqualToTheSameText() {
		assertThat(Secret.of("hunter2")).isEqualTo(Secret.of("hunter2")).hasSameHashCodeAs(Secret.of("hunter2"));
		assertThat(Secret.of("hunter2")).isNotEqualTo(Secret.of("hunter3")).isNotEqualTo("hunter2");
	}

	@Test
	void isNeverEmpty() {
		assertThatIllegalArgumentException().isThrownBy(() -> Secret.of(""));
	}

	private record Holder(Secret secret) {

	}

}
