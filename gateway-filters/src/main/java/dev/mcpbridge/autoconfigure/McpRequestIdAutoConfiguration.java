package dev.mcpbridge.autoconfigure;

import java.security.SecureRandom;

import dev.mcpbridge.exchange.RequestScope;
import dev.mcpbridge.request.RequestIds;
import dev.mcpbridge.request.ScopedChannel;
import io.micrometer.context.ContextRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.WebFilter;

/**
 * An id for each request, which log lines name. Where Reactor carries contexts into
 * threads, by {@code spring.reactor.context-propagation=auto}, it carries the id too.
 */
@AutoConfiguration(after = McpBridgeAutoConfiguration.class)
public final class McpRequestIdAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RequestIds mcpRequestIds(SecureRandom random) {
		return new RequestIds(random);
	}

	/** What handles and logs errors stands outside of all filters. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	WebFilter mcpScopedAnswers() {
		return (exchange, chain) -> RequestScope.around(chain.filter(exchange));
	}

	@Bean
	NettyServerCustomizer mcpScopedServer() {
		return ScopedChannel::on;
	}

	@Bean
	HttpClientCustomizer mcpScopedClient() {
		return ScopedChannel::on;
	}

	/** The registry is the process's: another registration replaces this one. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ContextRegistry.class)
	static final class InLogs {

		InLogs() {
			ContextRegistry.getInstance().registerThreadLocalAccessor(new RequestIdInLogs());
		}

	}

}
