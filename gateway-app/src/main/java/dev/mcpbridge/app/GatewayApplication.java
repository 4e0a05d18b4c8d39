package dev.mcpbridge.app;

import java.util.List;

import reactor.netty.ReactorNetty;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the ready gateway, or does what the first argument says. */
@SpringBootApplication
public class GatewayApplication {

	/**
	 * Starts the gateway, or runs a command and exits.
	 * @param args Spring Boot's command line, {@code --property=value}; or a command and
	 * its arguments
	 */
	public static void main(String[] args) {
		Commands.standard().run(List.of(args)).ifPresentOrElse(System::exit, () -> serve(args));
	}

	/**
	 * With one event loop for each processor: Reactor Netty makes four at least, which
	 * take turns on a small pod.
	 */
	private static void serve(String... args) {
		if (System.getProperty(ReactorNetty.IO_WORKER_COUNT) == null) {
			System.setProperty(ReactorNetty.IO_WORKER_COUNT,
					Integer.toString(Runtime.getRuntime().availableProcessors()));
		}
		SpringApplication.run(GatewayApplication.class, args);
	}

}
