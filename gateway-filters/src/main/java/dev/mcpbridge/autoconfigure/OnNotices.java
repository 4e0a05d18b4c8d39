package dev.mcpbridge.autoconfigure;

import java.util.List;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Somebody says what notices look like, in whatever form a list is written. */
final class OnNotices implements Condition {

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		List<String> none = List.of();
		return !Binder.get(context.getEnvironment())
			.bind("mcp.bridge.notices.patterns", Bindable.listOf(String.class))
			.orElse(none)
			.isEmpty();
	}

}
