package dev.mcpbridge.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

import dev.mcpbridge.relay.MemoryRelay;
import dev.mcpbridge.relay.Relay;
import dev.mcpbridge.relay.RelayLimits;
import dev.mcpbridge.relay.redis.RedisRelay;
import dev.mcpbridge.testing.DataDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which relay there is, by what is configured.
 */
class RelayAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner runner;

	RelayAutoConfigurationTests(@TempDir Path directory) {
		this.runner = new ReactiveWebApplicationContextRunner().withUserConfiguration(Everything.class)
			.withPropertyValues("mcp.bridge.data-dir=" + DataDirectory.furnished(directory.resolve("data")));
	}

	@Test
	void aloneItIsInMemory() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(MemoryRelay.class));
		authorizationServer().run((context) -> assertThat(context).hasSingleBean(MemoryRelay.class));
	}

	@Test
	void replicasWithKeysShareTheirs() {
		authorizationServer().withPropertyValues("mcp.bridge.store=redis")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(RedisRelay.class));
	}

	@Test
	void withoutKeysNothingIsLeftInRedis() {
		this.runner.withPropertyValues("mcp.bridge.store=redis")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(MemoryRelay.class));
	}

	@Test
	void withoutTheDriverItIsInMemory() {
		authorizationServer().withClassLoader(new FilteredClassLoader("org.springframework.data.redis", "io.lettuce"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(MemoryRelay.class));
	}

	@Test
	void itsLimitsAreThoseOfTheProperties() {
		this.runner.run((context) -> assertThat(context.getBean(RelayLimits.class))
			.isEqualTo(new RelayLimits(DataSize.ofMegabytes(4), Duration.ofMinutes(5), Duration.ofSeconds(30))));
		this.runner
			.withPropertyValues("mcp.bridge.relay.buffer=1MB", "mcp.bridge.relay.history=1m",
					"mcp.bridge.relay.lifetime=10s")
			.run((context) -> assertThat(context.getBean(RelayLimits.class))
				.isEqualTo(new RelayLimits(DataSize.ofMegabytes(1), Duration.ofMinutes(1), Duration.ofSeconds(10))));
	}

	@Test
	void whatAUserBringsIsUsed() {
		RelayLimits limits = new RelayLimits(DataSize.ofBytes(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
		Relay own = new MemoryRelay(limits, 1, InstantSource.system());
		authorizationServer().withPropertyValues("mcp.bridge.store=redis")
			.withBean(Relay.class, () -> own)
			.run((context) -> assertThat(context).hasNotFailed().getBean(MemoryRelay.class).isSameAs(own));
	}

	private ReactiveWebApplicationContextRunner authorizationServer() {
		return this.runner.withPropertyValues("mcp.bridge.authorization-server.enabled=true");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Everything {

	}

}
