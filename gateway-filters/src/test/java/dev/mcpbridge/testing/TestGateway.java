package dev.mcpbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import reactor.netty.http.HttpResources;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * A real gateway on a free port, as somebody makes it who puts our library on a class
 * path and writes plain routes.
 */
public final class TestGateway implements AutoCloseable {

	private final URI url;

	private final ConfigurableApplicationContext context;

	private TestGateway(URI url, ConfigurableApplicationContext context) {
		this.url = url;
		this.context = context;
	}

	/**
	 * Begins a gateway with the authorization server on, and the four MCP paths routed
	 * through {@code McpBridge}.
	 * @param upstream where it routes to
	 * @return the builder
	 */
	public static Builder inFrontOf(URI upstream) {
		return new Builder(Application.class).property("mcp.bridge.upstream.url", upstream.toString())
			.property("mcp.bridge.authorization-server.enabled", "true")
			.route("mcp", upstream, "/mcp,/v1/mcp", "McpBridge", "SetPath=/v1/mcp")
			.route("sse", upstream, "/sse,/v1/sse", "McpBridge", "SetPath=/v1/sse")
			.route("message", upstream, "/sse/message,/v1/sse/message", "McpBridge", "SetPath=/v1/sse/message");
	}

	/**
	 * Begins a gateway with nothing but our library on the class path.
	 * @return the builder
	 */
	public static Builder bare() {
		return new Builder(Application.class);
	}

	/**
	 * Begins a gateway of another main class, with its own routes.
	 * @param application the class
	 * @return the builder
	 */
	public static Builder of(Class<?> application) {
		return new Builder(application);
	}

	/**
	 * Returns where it listens, which is its public URL too.
	 * @return the URL
	 */
	public URI url() {
		return this.url;
	}

	/**
	 * Returns one of its URLs.
	 * @param path the path
	 * @return the URL
	 */
	public URI url(String path) {
		return this.url.resolve(path);
	}

	/**
	 * Returns a bean of it.
	 * @param <T> the type
	 * @param type the type
	 * @return the bean
	 */
	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Returns one of its properties.
	 * @param name the name
	 * @return the value
	 */
	public String property(String name) {
		return this.context.getEnvironment().getRequiredProperty(name);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** Starts gateways. */
	public static final class Builder {

		private final Class<?> application;

		private final Map<String, Object> properties = new LinkedHashMap<>();

		private @Nullable InstantSource clock;

		private final List<Consumer<GenericApplicationContext>> beans = new ArrayList<>();

		private int routes;

		private Builder(Class<?> application) {
			this.application = application;
			property("management.server.port", "-1");
			property("server.max-http-request-header-size", "32KB");
			property("server.netty.max-initial-line-length", "16KB");
			property("spring.main.banner-mode", "off");
			property("server.shutdown", "immediate");
			property("mcp.bridge.store", "memory");
		}

		/**
		 * Sets a property.
		 * @param name the name
		 * @param value the value
		 * @return this builder
		 */
		public Builder property(String name, String value) {
			this.properties.put(name, value);
			return this;
		}

		/**
		 * Asks the upstream's token endpoint once for each refresh, and however often it
		 * fails: what a failure leads to is what the test is about.
		 * @return this builder
		 */
		public Builder unguarded() {
			property("resilience4j.retry.instances.mcp-upstream.max-attempts", "1");
			return property("resilience4j.circuitbreaker.instances.mcp-upstream.initial-state", "DISABLED");
		}

		/**
		 * Adds a route.
		 * @param id its id
		 * @param uri where it leads
		 * @param paths the paths it takes, separated by commas
		 * @param filters its filters as YAML writes them
		 * @return this builder
		 */
		public Builder route(String id, URI uri, String paths, String... filters) {
			String route = "spring.cloud.gateway.server.webflux.routes[%d].".formatted(this.routes++);
			property(route + "id", id);
			property(route + "uri", uri.toString());
			property(route + "predicates[0]", "Path=" + paths);
			for (int index = 0; index < filters.length; index++) {
				property(route + "filters[%d]".formatted(index), filters[index]);
			}
			return this;
		}

		/**
		 * Sets the clock the whole bridge goes by.
		 * @param clock the clock
		 * @return this builder
		 */
		public Builder clock(InstantSource clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Adds a bean.
		 * @param <T> its type
		 * @param type its type
		 * @param bean the bean
		 * @return this builder
		 */
		public <T> Builder bean(Class<T> type, T bean) {
			this.beans.add((context) -> context.registerBean(type, () -> bean));
			return this;
		}

		/**
		 * Gives the gateway keys that no other has.
		 * @return this builder
		 */
		public Builder withKeysOfItsOwn() {
			return property("mcp.bridge.data-dir", DataDirectory.empty().toString());
		}

		/**
		 * Starts the gateway.
		 * @return the gateway, listening
		 */
		public TestGateway start() {
			int port = freePort();
			URI url = URI.create("http://localhost:" + port);
			Map<String, Object> all = new LinkedHashMap<>();
			all.put("server.port", port);
			all.put("mcp.bridge.public-url", url.toString());
			all.put("mcp.bridge.data-dir", DataDirectory.fresh());
			// Tests count refreshes; those nobody asks for would come in between.
			all.put("mcp.bridge.refresh.background-rate", "0");
			all.putAll(this.properties);
			String[] arguments = all.entrySet()
				.stream()
				.map((property) -> "--%s=%s".formatted(property.getKey(), property.getValue()))
				.toArray(String[]::new);
			ConfigurableApplicationContext context = new SpringApplicationBuilder(this.application)
				.web(WebApplicationType.REACTIVE)
				.initializers(this::register)
				.run(arguments);
			return new TestGateway(url, context);
		}

		private void register(ConfigurableApplicationContext context) {
			GenericApplicationContext beans = (GenericApplicationContext) context;
			beans.registerBean(ReactorResourceFactory.class, Builder::resources);
			this.beans.forEach((bean) -> bean.accept(beans));
			InstantSource clock = this.clock;
			if (clock != null) {
				beans.registerBean("testClock", InstantSource.class, () -> clock);
			}
		}

		/**
		 * By default, a gateway that ends takes the event loops of all others with it.
		 */
		private static ReactorResourceFactory resources() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			resources.setLoopResources(HttpResources.get());
			resources.setConnectionProvider(HttpResources.get());
			return resources;
		}

		private static int freePort() {
			try (ServerSocket socket = new ServerSocket(0)) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

}
