package com.example.gateway;

import java.net.URI;

import dev.mcpbridge.McpFilters;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
public class Routes {

	@Bean
	RouteLocator atlassian(RouteLocatorBuilder routes, McpFilters mcp,
			@Value("${mcp.bridge.upstream.url}") URI upstream) {
		return routes.routes()
			.route("atlassian",
					(route) -> route.path("/atlassian/mcp")
						.filters((filters) -> filters.filter(mcp.bridge()).setPath("/v1/mcp"))
						.uri(upstream))
			.build();
	}

}
