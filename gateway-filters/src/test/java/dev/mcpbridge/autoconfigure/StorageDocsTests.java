package dev.mcpbridge.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The configurations of the page about storage name properties there are.
 */
class StorageDocsTests {

	private static final Pattern YAML = Pattern.compile("(?ms)^```yaml$(.*?)^```$");

	@ParameterizedTest
	@MethodSource("configurations")
	void everyPropertyIsOneOfSpringBoots(String yaml) throws IOException {
		StandardEnvironment environment = new StandardEnvironment();
		List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("page",
				new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
		sources.forEach(environment.getPropertySources()::addFirst);
		assertThat(environment.getProperty("mcp.bridge.store")).isEqualTo("redis");
		Binder binder = Binder.get(environment);
		NoUnboundElementsBindHandler strict = new NoUnboundElementsBindHandler(BindHandler.DEFAULT, (source) -> true);
		assertThat(binder.bind("spring.data.redis", Bindable.of(DataRedisProperties.class), strict).isBound()).isTrue();
		binder.bind("spring.ssl", Bindable.of(SslProperties.class), strict);
	}

	@Test
	void thereIsOneForEachKindOfRedis() throws IOException {
		assertThat(configurations()).hasSize(4);
	}

	static Stream<String> configurations() throws IOException {
		return YAML.matcher(Files.readString(Path.of("docs/storage.md"))).results().map((block) -> block.group(1));
	}

}
