package dev.mcpbridge.autoconfigure;

import dev.mcpbridge.request.RequestListener;
import dev.mcpbridge.request.RequestWatch;
import dev.mcpbridge.request.UpstreamWatch;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * What watches requests; without anybody who wants to hear of them, none is looked at.
 */
@AutoConfiguration(after = McpObserveAutoConfiguration.class)
@ConditionalOnBean(RequestListener.class)
public final class McpRequestAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RequestWatch mcpRequestWatch(ObjectProvider<RequestListener> listeners) {
		return new RequestWatch(RequestListener.all(listeners.orderedStream().toList()));
	}

	@Bean
	@ConditionalOnMissingBean
	UpstreamWatch mcpUpstreamWatch() {
		return new UpstreamWatch();
	}

}
