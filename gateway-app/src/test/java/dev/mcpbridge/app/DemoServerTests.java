package dev.mcpbridge.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.mcpbridge.demo.DemoApplication;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The demo says how to use it, works without an account, and listens to its properties.
 */
@ExtendWith(OutputCaptureExtension.class)
class DemoServerTests {

	@TempDir
	Path data = Path.of("");

	@Test
	void itsLastWordsAreWhatToPasteWhere(CapturedOutput output) {
		try (ConfigurableApplicationContext demo = start()) {
			URI url = publicUrl(demo);
			ClientSetup setup = new ClientSetup(url + "/mcp");
			assertThat(output.getOut().stripTrailing()).endsWith(setup.url());
			String lastWords = output.getOut()
				.substring(output.getOut().indexOf("The gateway and a simulated Atlassian are running"));
			assertThat(lastWords).contains(setup.vsCode(), setup.cursor(), setup.claudeCode());
			assertThat(lastWords.lines().filter((line) -> line.contains(" INFO "))).isEmpty();
			TestClient client = TestClient.register(url);
			assertThat(client.initialize(client.signIn().accessToken()).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void itsSimulatorListensToProperties() {
		try (ConfigurableApplicationContext demo = start("--mcp.bridge.simulator.token-lifetime=10m",
				"--mcp.bridge.simulator.auto-approve=true")) {
			URI url = publicUrl(demo);
			TestClient client = TestClient.register(url);
			URI callback = Browser.location(client.browser().get(client.consent()));
			assertThat(callback.toString()).startsWith(url + "/oauth/callback?");
			String code = TestClient.codeOf(Browser.location(client.browser().get(callback)));
			assertThat(TestClient.tokens(client.redeem(code)).expiresIn()).isBetween(500L, 540L);
		}
	}

	private ConfigurableApplicationContext start(String... more) {
		CompletableFuture<ConfigurableApplicationContext> started = new CompletableFuture<>();
		String[] args = new String[more.length + 3];
		args[0] = "--server.port=" + freePort();
		args[1] = "--management.server.port=0";
		args[2] = "--mcp.bridge.data-dir=" + this.data;
		System.arraycopy(more, 0, args, 3, more.length);
		SpringApplication.withHook((application) -> new SpringApplicationRunListener() {
			@Override
			public void started(ConfigurableApplicationContext context, @Nullable Duration timeTaken) {
				started.complete(context);
			}
		}, () -> DemoApplication.main(args));
		return started.join();
	}

	private static URI publicUrl(ConfigurableApplicationContext demo) {
		return URI.create(demo.getEnvironment().getRequiredProperty("mcp.bridge.public-url"));
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
