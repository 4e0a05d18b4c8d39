package dev.mcpbridge.exchange;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.OrderedGatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;

/**
 * A filter whose arguments are a record: the components give names, order, defaults and
 * limits.
 * <p>
 * It works the same in YAML (named or in order) and in the Java DSL.
 *
 * @param <C> the record of arguments
 */
public abstract class McpFilterFactory<C extends Record> extends AbstractGatewayFilterFactory<C> {

	/**
	 * Names the record of arguments.
	 * @param configClass the record class
	 */
	protected McpFilterFactory(Class<C> configClass) {
		super(configClass);
	}

	/**
	 * Returns the arguments with every default, checked.
	 * @return a new record
	 */
	@Override
	public final C newConfig() {
		return new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("", Bindable.of(getConfigClass()));
	}

	/**
	 * Returns the names of the arguments in the order of the record's components.
	 * @return the names
	 */
	@Override
	public final List<String> shortcutFieldOrder() {
		return Stream.of(getConfigClass().getRecordComponents()).map(RecordComponent::getName).toList();
	}

	/**
	 * Places a filter in the chain, whatever position YAML or the DSL would give it, and
	 * lets the actuator print it.
	 * @param order the place
	 * @param config the arguments, printed by the actuator: never a secret
	 * @param filter what to do there
	 * @return the filter for a route
	 */
	protected final GatewayFilter at(FilterOrder order, C config, GatewayFilter filter) {
		return new OrderedGatewayFilter(new NamedFilter(name(), config, filter), order.value());
	}

}
