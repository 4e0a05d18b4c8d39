package dev.mcpbridge.app.rehearsal;

import java.nio.file.Path;
import java.util.List;

import dev.mcpbridge.app.GatewayApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RehearsalServerTests {

	@TempDir
	Path data = Path.of("");

	@Test
	void aClientSignsInAndCallsAndAllOfItEnds() {
		assertThat(rehearse("--mcp.bridge.store=embedded")).isZero();
		assertThat(this.data).isDirectoryContaining("glob:**/store.db").isDirectoryContaining("glob:**/keys.json");
	}

	/** An image whose cache knows only the way to a refusal would be built in silence. */
	@Test
	void anAnswerThatIsNotTheExpectedOneEndsTheRehearsal() {
		assertThatIllegalStateException()
			.isThrownBy(() -> rehearse("--management.endpoints.web.exposure.include=health"))
			.withMessage("GET /actuator/prometheus: 404 (expected: 200)");
	}

	private int rehearse(String property) {
		return RehearsalCommand.main(GatewayApplication.class,
				List.of(property, "--mcp.bridge.data-dir=" + this.data, "--spring.main.banner-mode=off"));
	}

}
