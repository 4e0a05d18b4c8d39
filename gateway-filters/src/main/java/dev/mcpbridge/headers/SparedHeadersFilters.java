package dev.mcpbridge.headers;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;

/**
 * Leaves out filters of Spring Cloud Gateway that copy all headers for work
 * {@code McpHeaders} does anyway, on routes that have it. On other routes they work as
 * ever.
 */
public final class SparedHeadersFilters implements BeanPostProcessor {

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return (bean instanceof HttpHeadersFilter filter) ? SparedHeadersFilter.of(filter) : bean;
	}

}
