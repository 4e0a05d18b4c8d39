package dev.mcpbridge.app.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * {@code rehearse}: starts the gateway, signs a client in and lets it call a service that
 * is pretended, then ends. Nothing but this process is reached.
 * <p>
 * For the image's build: with {@code -XX:AOTCacheOutput} Java keeps the classes that were
 * used, and what it learned of the methods. A start that is merely watched knows nothing
 * of requests.
 *
 * @see <a href="https://openjdk.org/jeps/515">JEP 515: Ahead-of-Time Method Profiling</a>
 */
public final class RehearsalCommand {

	/** Enough for Java to have an opinion of the methods a request goes through. */
	private static final int ROUNDS = 400;

	private RehearsalCommand() {
	}

	/**
	 * Runs the command in a process of its own.
	 * @param gateway the class that is started to serve
	 * @param arguments properties of the gateway as {@code --name=value}; its store and
	 * its keys are made as they say
	 * @return 0, the status to exit with
	 * @throws IllegalStateException if an answer was not as it has to be
	 */
	public static int main(Class<?> gateway, List<String> arguments) {
		try (PretendedService service = PretendedService.start()) {
			int port = freePort();
			List<String> properties = new ArrayList<>(arguments);
			properties.add("--server.port=" + port);
			properties.add("--management.server.port=0");
			properties.add("--mcp.bridge.upstream.url=" + service.url());
			try (ConfigurableApplicationContext running = SpringApplication.run(gateway,
					properties.toArray(String[]::new))) {
				String management = running.getEnvironment().getRequiredProperty("local.management.port");
				RehearsedClient client = new RehearsedClient(URI.create("http://localhost:" + port));
				client.look("http://localhost:%s/actuator/health/readiness".formatted(management));
				client.look("http://localhost:%s/actuator/prometheus".formatted(management));
				client.signIn();
				for (int round = 0; round < ROUNDS; round++) {
					client.call();
				}
				client.renew();
				client.listen();
			}
		}
		return 0;
	}

	/** It is part of the public URL, so it has to be known before the start. */
	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
