package dev.mcpbridge.autoconfigure;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.mcpbridge.access.AccessListener;
import dev.mcpbridge.authorization.TokenEndpointListener;
import dev.mcpbridge.grant.GrantListener;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.observe.AccessMetrics;
import dev.mcpbridge.observe.ActiveGrantsMetrics;
import dev.mcpbridge.observe.GrantMetrics;
import dev.mcpbridge.observe.ObservedStore;
import dev.mcpbridge.observe.RefreshMetrics;
import dev.mcpbridge.observe.StreamMetrics;
import dev.mcpbridge.observe.TokenMetrics;
import dev.mcpbridge.refresh.RefreshListener;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.EmbeddedStore;
import dev.mcpbridge.store.MemoryStore;
import dev.mcpbridge.stream.McpStreamGatewayFilterFactory;
import dev.mcpbridge.stream.StreamListener;
import dev.mcpbridge.testing.DataDirectory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is measured, by what is there.
 */
class ObserveAutoConfigurationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final Path data;

	private final ReactiveWebApplicationContextRunner runner;

	ObserveAutoConfigurationTests(@TempDir Path directory) {
		this.data = DataDirectory.furnished(directory.resolve("data"));
		this.runner = new ReactiveWebApplicationContextRunner().withUserConfiguration(Everything.class)
			.withPropertyValues("mcp.bridge.data-dir=" + this.data, "mcp.bridge.authorization-server.enabled=true");
	}

	@Test
	void withoutMicrometerEverythingElseIsThere() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(EmbeddedStore.class)
				.hasSingleBean(BridgeStore.class)
				.hasSingleBean(Grants.class)
				.hasSingleBean(McpStreamGatewayFilterFactory.class)
				.doesNotHaveBean("mcpStreamMetrics"));
	}

	@Test
	void withoutARegistryNothingIsMeasured() {
		this.runner
			.withPropertyValues("management.defaults.metrics.export.enabled=false",
					"spring.autoconfigure.exclude=" + CompositeMeterRegistryAutoConfiguration.class.getName())
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(BridgeStore.class)
				.doesNotHaveBean(RefreshMetrics.class)
				.doesNotHaveBean(AccessListener.class)
				.doesNotHaveBean(StreamListener.class));
	}

	@Test
	void withARegistryEverythingIsMeasured() {
		measured().run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(AccessMetrics.class)
				.hasSingleBean(TokenMetrics.class)
				.hasSingleBean(RefreshMetrics.class)
				.hasSingleBean(GrantMetrics.class)
				.hasSingleBean(ActiveGrantsMetrics.class)
				.hasSingleBean(StreamMetrics.class);
			assertThat(context.getBean(BridgeStore.class)).isInstanceOf(ObservedStore.class);
			assertGrantsAreTimed(context);
		});
	}

	@Test
	void withoutTokensOfOursOnlyTheGateAndStreamsAreMeasured() {
		measured().withPropertyValues("mcp.bridge.authorization-server.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(AccessMetrics.class)
				.hasSingleBean(StreamMetrics.class)
				.doesNotHaveBean(TokenMetrics.class)
				.doesNotHaveBean(RefreshMetrics.class)
				.doesNotHaveBean(GrantMetrics.class)
				.doesNotHaveBean(ActiveGrantsMetrics.class)
				.doesNotHaveBean(BridgeStore.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "embedded", "memory", "redis" })
	void everyStoreOfOursIsTimed(String store) {
		measured().withPropertyValues("mcp.bridge.store=" + store)
			.run((context) -> assertThat(context.getBean(BridgeStore.class)).isInstanceOf(ObservedStore.class));
	}

	@Test
	void theStoreBehindIsClosed() {
		measured().run((context) -> assertThat(context).hasSingleBean(EmbeddedStore.class));
		EmbeddedStore.open(this.data.resolve("store.db"), InstantSource.system()).close();
	}

	@Test
	void aStoreOfSomebodysOwnIsTimedFoundByItsTypeAndClosed() {
		AtomicBoolean closed = new AtomicBoolean();
		measured().withBean("ownStore", OwnStore.class, () -> ownStore(closed)).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(OwnStore.class);
			assertThat(context.getBean(BridgeStore.class)).isInstanceOf(ObservedStore.class);
			assertGrantsAreTimed(context);
			assertThat(closed).isFalse();
		});
		assertThat(closed).isTrue();
	}

	@Test
	void aPrimaryStoreOfSomebodysOwnIsLeftAlone() {
		BridgeStore own = new MemoryStore(InstantSource.system(), 9);
		measured().withBean("ownStore", BridgeStore.class, () -> own, (definition) -> definition.setPrimary(true))
			.withBean("otherStore", BridgeStore.class, () -> new MemoryStore(InstantSource.system(), 9))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(BridgeStore.class)).isSameAs(own);
			});
	}

	@Test
	void aStoreSomebodyTimesThemselvesIsTimedOnce() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		ObservedStore own = new ObservedStore(new MemoryStore(InstantSource.system(), 9), registry);
		this.runner.withBean(MeterRegistry.class, () -> registry)
			.withBean("ownStore", ObservedStore.class, () -> own)
			.run((context) -> assertThat(context.getBean(BridgeStore.class)).isSameAs(own));
	}

	@Test
	void aListenerOfSomebodysOwnHearsOfStreamsBesidesOurs() {
		measured().withBean("own", StreamListener.class, () -> StreamListener.NONE)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(StreamMetrics.class)
				.hasSingleBean(McpStreamGatewayFilterFactory.class));
	}

	@Test
	void listenersOfSomebodysOwnHearBesidesOurs() {
		measured().withBean("own", RefreshListener.class, () -> RefreshListener.NONE)
			.withBean("ownOfGrants", GrantListener.class, () -> GrantListener.NONE)
			.withBean("ownOfAccess", AccessListener.class, () -> AccessListener.NONE)
			.withBean("ownOfTokens", TokenEndpointListener.class, () -> TokenEndpointListener.NONE)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(AccessMetrics.class)
				.hasSingleBean(TokenMetrics.class)
				.hasSingleBean(RefreshMetrics.class)
				.hasSingleBean(GrantMetrics.class));
	}

	private ReactiveWebApplicationContextRunner measured() {
		return this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new);
	}

	private static OwnStore ownStore(AtomicBoolean closed) {
		MemoryStore store = new MemoryStore(InstantSource.system(), 9);
		return (OwnStore) Proxy.newProxyInstance(OwnStore.class.getClassLoader(), new Class<?>[] { OwnStore.class },
				(proxy, method, arguments) -> {
					if (method.getName().equals("close")) {
						closed.set(true);
						return null;
					}
					return method.invoke(store, arguments);
				});
	}

	private static void assertGrantsAreTimed(ApplicationContext context) {
		StepVerifier.create(context.getBean(Grants.class).find("unknown")).expectComplete().verify(PATIENCE);
		assertThat(context.getBean(MeterRegistry.class)
			.get("mcp.bridge.store")
			.tags("operation", "find", "outcome", "empty")
			.timer()
			.count()).isOne();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Everything {

	}

	/** A store that has to be closed. */
	interface OwnStore extends BridgeStore, AutoCloseable {

		@Override
		void close();

	}

}
