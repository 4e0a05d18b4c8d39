package dev.mcpbridge.autoconfigure;

import dev.mcpbridge.store.BridgeStore;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches where there is one store and it is no primary bean, so that another one may
 * stand before it: two primary beans of a kind stop the start.
 */
final class OnOneStore extends SpringBootCondition implements ConfigurationCondition {

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		String[] stores = (beans != null) ? beans.getBeanNamesForType(BridgeStore.class, true, false) : new String[0];
		boolean matches = stores.length == 1 && beans != null && !isPrimary(beans, stores[0]);
		return new ConditionOutcome(matches,
				ConditionMessage.forCondition("One store").because("%d stores".formatted(stores.length)));
	}

	private static boolean isPrimary(ConfigurableListableBeanFactory beans, String name) {
		return beans.containsBeanDefinition(name) && beans.getBeanDefinition(name).isPrimary();
	}

}
