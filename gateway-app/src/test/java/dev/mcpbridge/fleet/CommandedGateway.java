package dev.mcpbridge.fleet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;

import dev.mcpbridge.app.GatewayApplication;
import dev.mcpbridge.simulator.SettableClock;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The gateway in a process that a test commands: a line in is an order, a line out says
 * that it was obeyed. The process ends with the line it listens to.
 */
public final class CommandedGateway {

	static final String LISTENING = "listening ";

	static final String DONE = "done";

	static final String ADVANCE = "advance ";

	static final String DIE = "die ";

	private final SettableClock clock = SettableClock.ticking();

	private final SuddenDeath death = new SuddenDeath();

	private CommandedGateway() {
	}

	/**
	 * Starts it.
	 * @param args by how much its clock is ahead, then Spring Boot's command line
	 */
	public static void main(String[] args) {
		PrintStream answers = System.out;
		System.setOut(System.err);
		CommandedGateway gateway = new CommandedGateway();
		gateway.clock.advance(Duration.parse(args[0]));
		Thread orders = new Thread(() -> gateway.obey(answers), "orders");
		orders.setDaemon(true);
		orders.start();
		ConfigurableApplicationContext context = new SpringApplicationBuilder(GatewayApplication.class)
			.initializers(gateway::register)
			.run(Arrays.copyOfRange(args, 1, args.length));
		int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer()).getPort();
		answers.println(LISTENING + port);
	}

	private void register(ConfigurableApplicationContext context) {
		GenericApplicationContext beans = (GenericApplicationContext) context;
		beans.registerBean("testClock", InstantSource.class, () -> this.clock);
		beans.registerBean("suddenDeath", SuddenDeath.class, () -> this.death);
	}

	/** Nobody outlives the test: its end closes the line. */
	private void obey(PrintStream answers) {
		try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			for (String order = orders.readLine(); order != null; order = orders.readLine()) {
				obey(order);
				answers.println(DONE);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			Runtime.getRuntime().halt(SuddenDeath.KILLED);
		}
	}

	private void obey(String order) {
		if (order.startsWith(ADVANCE)) {
			this.clock.advance(Duration.parse(order.substring(ADVANCE.length())));
		}
		else {
			this.death.at(Moment.parse(order.substring(DIE.length())));
		}
	}

}
