package dev.mcpbridge.autoconfigure;

import java.security.SecureRandom;

import dev.mcpbridge.request.RequestIds;
import io.micrometer.context.ContextRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An id for each request. Log lines name it where Reactor carries contexts into threads,
 * which is {@code spring.reactor.context-propagation=auto} and the application's to
 * choose: it is a switch of the whole process.
 */
@AutoConfiguration(after = McpBridgeAutoConfiguration.class)
public final class McpRequestIdAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RequestIds mcpRequestIds(SecureRandom random) {
		return new RequestIds(random);
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
