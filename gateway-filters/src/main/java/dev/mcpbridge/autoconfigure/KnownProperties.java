package dev.mcpbridge.autoconfigure;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The names of all properties below {@code mcp.bridge}, read from the records they are
 * bound to.
 */
final class KnownProperties {

	/** What is bound, here and in the app. A test finds those that are missing. */
	static final List<Class<? extends Record>> BOUND = List.of(McpAuditProperties.class, McpBridgeProperties.class,
			McpAuthorizationServerProperties.class, McpCatalogueProperties.class, McpCorsProperties.class,
			McpDoctorProperties.class, McpHealthProperties.class, McpLimitsProperties.class, McpNoticesProperties.class,
			McpRecordProperties.class, McpRefreshProperties.class, McpRelayProperties.class, McpStreamProperties.class,
			McpTokenProperties.class, McpToolsProperties.class, McpTranslationProperties.class,
			McpUpstreamProperties.class);

	private final Set<String> names = new TreeSet<>();

	KnownProperties() {
		BOUND.forEach((type) -> collect(type.getAnnotation(ConfigurationProperties.class).value(), type));
	}

	/**
	 * Returns them all.
	 * @return the names as they are written in a file, {@code []} for an element of a
	 * list
	 */
	Set<String> names() {
		return this.names;
	}

	/**
	 * Tells whether there is such a property, however it is written.
	 * @param name the name
	 * @return whether it or the list it is an element of is known
	 */
	boolean contains(ConfigurationPropertyName name) {
		StringBuilder plain = new StringBuilder();
		for (int index = 0; index < name.getNumberOfElements(); index++) {
			boolean element = name.isNumericIndex(index);
			plain.append((element || index == 0) ? "" : ".")
				.append(element ? "[]" : name.getElement(index, ConfigurationPropertyName.Form.UNIFORM));
		}
		return this.names.stream().map((known) -> known.replace("-", "")).anyMatch(plain.toString()::equals);
	}

	/**
	 * Tells whether an environment variable is the form of such a property.
	 * @param variable the name of the variable
	 * @return whether it is, with underscores for dashes or without
	 */
	boolean containsVariable(String variable) {
		String plain = letters(variable.replaceAll("_\\d+(?=_|$)", ""));
		return this.names.stream().map(KnownProperties::letters).anyMatch(plain::equals);
	}

	private static String letters(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
	}

	private void collect(String prefix, Class<?> type) {
		for (RecordComponent component : type.getRecordComponents()) {
			String name = prefix + "." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			if (Collection.class.isAssignableFrom(component.getType())) {
				this.names.add(name);
				collectOne(name + "[]", elementOf(component));
			}
			else {
				collectOne(name, component.getType());
			}
		}
	}

	private void collectOne(String name, Class<?> type) {
		if (type.isRecord() && type.getPackage().equals(KnownProperties.class.getPackage())) {
			collect(name, type);
		}
		else {
			this.names.add(name);
		}
	}

	private static Class<?> elementOf(RecordComponent list) {
		Type element = ((ParameterizedType) list.getGenericType()).getActualTypeArguments()[0];
		return (element instanceof Class<?> type) ? type : Object.class;
	}

	/** Those beside a name, as a hint. */
	Stream<String> beside(ConfigurationPropertyName name) {
		String parent = name.getParent().toString().replaceAll("\\[\\d+]", "[]") + ".";
		return this.names.stream().filter((known) -> known.startsWith(parent) && !known.endsWith("[]"));
	}

}
