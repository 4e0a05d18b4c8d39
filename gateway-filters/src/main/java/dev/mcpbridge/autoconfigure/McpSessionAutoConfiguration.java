package dev.mcpbridge.autoconfigure;

import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.secret.KeyedMark;
import dev.mcpbridge.session.McpSessionGatewayFilterFactory;
import dev.mcpbridge.session.SessionListener;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.gateway.config.conditional.ConditionalOnEnabledFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * The filter that marks sessions, where there are keys to do it with.
 */
@AutoConfiguration(after = { McpFilterAutoConfiguration.class, McpGrantAutoConfiguration.class })
@Conditional(OnOwnTokens.class)
public final class McpSessionAutoConfiguration {

	@Bean
	@ConditionalOnEnabledFilter
	@ConditionalOnMissingBean
	McpSessionGatewayFilterFactory mcpSessionGatewayFilterFactory(KeyFile keys,
			ObjectProvider<SessionListener> listeners) {
		return new McpSessionGatewayFilterFactory(new KeyedMark(keys, "session"),
				SessionListener.all(listeners.orderedStream().toList()));
	}

}
