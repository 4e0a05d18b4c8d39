package dev.mcpbridge.autoconfigure;

import java.lang.reflect.Proxy;
import java.nio.file.Path;

import dev.mcpbridge.observe.RefreshSpans;
import dev.mcpbridge.observe.UnansweredCalls;
import dev.mcpbridge.observe.UpstreamRequestNames;
import dev.mcpbridge.refresh.RefreshWatch;
import dev.mcpbridge.refresh.Refreshes;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.cloud.gateway.filter.headers.observation.DefaultGatewayObservationConvention;
import org.springframework.cloud.gateway.filter.headers.observation.GatewayObservationConvention;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is traced, by what is there.
 */
class TracingAutoConfigurationTests {

	private final ReactiveWebApplicationContextRunner runner;

	TracingAutoConfigurationTests(@TempDir Path directory) {
		this.runner = new ReactiveWebApplicationContextRunner()
			.withUserConfiguration(ObserveAutoConfigurationTests.Everything.class)
			.withPropertyValues("mcp.bridge.data-dir=" + directory.resolve("data"), "mcp.bridge.store=memory",
					"mcp.bridge.authorization-server.enabled=true");
	}

	@Test
	void withoutMicrometerTracingEverythingElseIsThere() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer.tracing"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Refreshes.class)
				.doesNotHaveBean(RefreshWatch.class)
				.doesNotHaveBean(GatewayObservationConvention.class));
	}

	@Test
	void withoutATracerNothingIsTraced() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(Refreshes.class)
			.doesNotHaveBean(RefreshWatch.class));
	}

	@Test
	void withATracerRefreshesAreSpans() {
		this.runner.withBean(Tracer.class, TracingAutoConfigurationTests::tracer)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(RefreshSpans.class)
				.hasSingleBean(UpstreamRequestNames.class)
				.hasSingleBean(UnansweredCalls.class));
	}

	@Test
	void aTracerThatMakesNoSpansCostsNothing() {
		this.runner.withBean(Tracer.class, () -> Tracer.NOOP)
			.run((context) -> assertThat(context).getBean(RefreshWatch.class).isSameAs(RefreshWatch.NONE));
	}

	@Test
	void withoutTokensOfOursThereAreNoRefreshes() {
		this.runner.withPropertyValues("mcp.bridge.authorization-server.enabled=false")
			.withBean(Tracer.class, TracingAutoConfigurationTests::tracer)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RefreshWatch.class));
	}

	@Test
	void whatSomebodyHasOfTheirOwnIsUsed() {
		this.runner.withBean(Tracer.class, TracingAutoConfigurationTests::tracer)
			.withBean("ownWatch", RefreshWatch.class, () -> RefreshWatch.NONE)
			.withBean("ownNames", GatewayObservationConvention.class, DefaultGatewayObservationConvention::new)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(RefreshSpans.class)
				.doesNotHaveBean(UpstreamRequestNames.class));
	}

	private static Tracer tracer() {
		return (Tracer) Proxy.newProxyInstance(Tracer.class.getClassLoader(), new Class<?>[] { Tracer.class },
				(proxy, method, arguments) -> method.getName().equals("toString") ? "a tracer"
						: method.invoke(Tracer.NOOP, arguments));
	}

}
