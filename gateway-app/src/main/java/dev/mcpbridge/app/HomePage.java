package dev.mcpbridge.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.samskivert.mustache.Mustache;
import dev.mcpbridge.oauth.ProtectedResources;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Tells a person who opens the gateway in a browser how to connect each client.
 */
@Configuration(proxyBeanMethods = false)
class HomePage {

	private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

	@Bean
	RouterFunction<ServerResponse> homePageRoute(ProtectedResources resources) {
		String page = render(new ClientSetup(resources.publicUrl().at("/mcp").toString()));
		return RouterFunctions.route()
			.GET("/", (request) -> ServerResponse.ok()
				.contentType(HTML)
				.cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)))
				.header("Content-Security-Policy",
						"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'")
				.header("X-Content-Type-Options", "nosniff")
				.bodyValue(page))
			.build();
	}

	private static String render(ClientSetup setup) {
		try {
			String template = new ClassPathResource("home.mustache", HomePage.class)
				.getContentAsString(StandardCharsets.UTF_8);
			return Mustache.compiler().escapeHTML(true).compile(template).execute(setup.asMap());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
