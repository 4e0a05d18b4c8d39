package dev.mcpbridge.autoconfigure;

import java.util.List;

import dev.mcpbridge.notice.NoticeListener;
import dev.mcpbridge.notice.Notices;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.annotation.Order;

/**
 * What takes notices from results, where somebody says what they look like.
 */
@AutoConfiguration(after = McpObserveAutoConfiguration.class)
@EnableConfigurationProperties(McpNoticesProperties.class)
public final class McpNoticesAutoConfiguration {

	@Bean
	@Order(10)
	@Conditional(OnNotices.class)
	@ConditionalOnMissingBean
	Notices mcpNotices(McpNoticesProperties properties, ObjectProvider<NoticeListener> listeners) {
		List<NoticeListener> all = listeners.orderedStream().toList();
		return new Notices(properties.compiled(), properties.maxAnswer(),
				(count, told) -> all.forEach((listener) -> listener.moved(count, told)));
	}

}
