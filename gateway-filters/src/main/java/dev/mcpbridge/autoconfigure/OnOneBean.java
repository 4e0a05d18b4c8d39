package dev.mcpbridge.autoconfigure;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches where there is one bean of a type and it is no primary one, so that another may
 * stand before it: two primary beans of a kind stop the start.
 */
abstract class OnOneBean extends SpringBootCondition implements ConfigurationCondition {

	private final Class<?> type;

	OnOneBean(Class<?> type) {
		this.type = type;
	}

	@Override
	public final ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public final ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		String[] found = (beans != null) ? beans.getBeanNamesForType(this.type, true, false) : new String[0];
		boolean matches = found.length == 1 && beans != null && !isPrimary(beans, found[0]);
		return new ConditionOutcome(matches,
				ConditionMessage.forCondition("One " + this.type.getSimpleName()).because(found.length + " found"));
	}

	private static boolean isPrimary(ConfigurableListableBeanFactory beans, String name) {
		return beans.containsBeanDefinition(name) && beans.getBeanDefinition(name).isPrimary();
	}

}
