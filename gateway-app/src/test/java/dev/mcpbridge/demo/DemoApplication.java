package dev.mcpbridge.demo;

import dev.mcpbridge.app.ClientSetup;
import dev.mcpbridge.app.GatewayApplication;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the gateway in front of a simulated Atlassian. */
public final class DemoApplication {

	private DemoApplication() {
	}

	/**
	 * Starts both, and prints what to give to a client.
	 * @param args Spring Boot's command line; {@code mcp.bridge.simulator.*} speaks to
	 * the simulator
	 */
	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(GatewayApplication.class);
		application.addInitializers(new SimulatedUpstream());
		ConfigurableApplicationContext context = application.run(args);
		String publicUrl = context.getEnvironment().getRequiredProperty("mcp.bridge.public-url");
		System.out.println(instructions(new ClientSetup(publicUrl + "/mcp")));
	}

	private static String instructions(ClientSetup setup) {
		return """

				The gateway and a simulated Atlassian are running.

				VS Code, in .vscode/mcp.json:
				%s

				Cursor, in .cursor/mcp.json:
				%s

				Claude Code:
				%s

				Any other MCP client:
				%s""".formatted(setup.vsCode(), setup.cursor(), setup.claudeCode(), setup.url());
	}

}
