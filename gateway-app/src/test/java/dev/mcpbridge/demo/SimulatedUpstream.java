package dev.mcpbridge.demo;

import java.time.Duration;
import java.util.Map;

import dev.mcpbridge.simulator.AtlassianSimulator;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts the simulated Atlassian and makes it the upstream.
 */
final class SimulatedUpstream implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		Settings settings = Binder.get(environment).bindOrCreate("mcp.bridge.simulator", Settings.class);
		AtlassianSimulator simulator = AtlassianSimulator.builder()
			.port(settings.port())
			.tokenLifetime(settings.tokenLifetime())
			.autoApprove(settings.autoApprove())
			.start();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("simulator", Map.of("mcp.bridge.upstream.url", simulator.url())));
		environment.getPropertySources()
			.addLast(new MapPropertySource("demo", Map.of("mcp.bridge.data-dir", "target/demo-data")));
		context.addApplicationListener((ApplicationListener<ContextClosedEvent>) (event) -> simulator.close());
	}

	/**
	 * The properties {@code mcp.bridge.simulator.*}.
	 *
	 * @param port where it listens; 0 for any free port
	 * @param tokenLifetime how long its access tokens live
	 * @param autoApprove whether its page says yes by itself
	 */
	record Settings(@DefaultValue("0") int port, @DefaultValue("3300s") Duration tokenLifetime,
			@DefaultValue("false") boolean autoApprove) {

	}

}
