package dev.mcpbridge.autoconfigure;

import dev.mcpbridge.oauth.ProtectedResources;
import dev.mcpbridge.policy.CallGate;
import dev.mcpbridge.policy.ToolCallListener;
import dev.mcpbridge.policy.ToolClasses;
import dev.mcpbridge.policy.ToolListReader;
import dev.mcpbridge.policy.filter.McpToolsGatewayFilterFactory;
import dev.mcpbridge.policy.filter.ToolDecisionLog;
import dev.mcpbridge.policy.filter.ToolGuard;
import dev.mcpbridge.policy.filter.ToolLimits;
import dev.mcpbridge.policy.rule.ToolPolicies;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.config.conditional.ConditionalOnEnabledFilter;
import org.springframework.context.annotation.Bean;

/**
 * The filter that judges calls of tools, and the policies it judges by.
 */
@AutoConfiguration(after = McpBridgeAutoConfiguration.class)
@EnableConfigurationProperties(McpToolsProperties.class)
public final class McpToolsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ToolClasses mcpToolClasses(McpToolsProperties properties) {
		return ToolPolicyReader.classes(properties.classes());
	}

	@Bean
	@ConditionalOnMissingBean
	ToolPolicies mcpToolPolicies(McpToolsProperties properties, ToolClasses classes) {
		return new ToolPolicyReader(properties, classes).policies();
	}

	@Bean
	ToolDecisionLog mcpToolDecisionLog(ToolClasses classes) {
		return new ToolDecisionLog(classes);
	}

	@Bean
	@ConditionalOnMissingBean
	ToolGuard mcpToolGuard(ToolPolicies policies, ToolClasses classes, McpToolsProperties properties,
			ObjectProvider<CallGate> gates, ObjectProvider<ToolCallListener> listeners,
			ObjectProvider<ToolListReader> readers, ProtectedResources resources) {
		return new ToolGuard(policies, classes, new ToolLimits(properties.maxRequest(), properties.maxAnswer()),
				gates.orderedStream().toList(), listeners.orderedStream().toList(), readers.orderedStream().toList(),
				resources);
	}

	@Bean
	@ConditionalOnEnabledFilter
	@ConditionalOnMissingBean
	McpToolsGatewayFilterFactory mcpToolsGatewayFilterFactory(ToolGuard guard) {
		return new McpToolsGatewayFilterFactory(guard);
	}

}
