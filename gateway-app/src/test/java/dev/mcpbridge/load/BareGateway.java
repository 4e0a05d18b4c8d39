package dev.mcpbridge.load;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * A Spring Cloud Gateway as somebody begins it: nothing but what is on its class path,
 * and what its arguments say.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
final class BareGateway {

	private BareGateway() {
	}

	/**
	 * Starts it.
	 * @param arguments its properties
	 */
	public static void main(String[] arguments) {
		SpringApplication.run(BareGateway.class, arguments);
	}

}
