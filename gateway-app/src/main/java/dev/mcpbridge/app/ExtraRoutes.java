package dev.mcpbridge.app;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Adds a team's routes to the app's, so that they are checked and served like these.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExtraRoutesProperties.class)
class ExtraRoutes {

	/** Before any route is read: they are checked once all beans are there. */
	@Bean
	InitializingBean extraRoutesAdded(GatewayProperties gateway, ExtraRoutesProperties extra) {
		return () -> gateway.setRoutes(extra.after(gateway.getRoutes()));
	}

}
