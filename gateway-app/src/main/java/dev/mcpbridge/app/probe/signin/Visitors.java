package dev.mcpbridge.app.probe.signin;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import org.jspecify.annotations.Nullable;

/**
 * The ways to a page where a login is allowed.
 */
public final class Visitors {

	private static final int REDIRECTS = 20;

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private Visitors() {
	}

	/**
	 * Prints the address, for somebody to open.
	 * @param lines where to print
	 * @return the visitor
	 */
	public static Visitor told(Consumer<String> lines) {
		return (page) -> {
			lines.accept("Open this address in a browser of this machine, and allow the access:\n\n  " + page + "\n");
			return null;
		};
	}

	/**
	 * Starts a program with the address as its last argument.
	 * @param command the program, or empty for the browser of the desktop
	 * @param lines where to say so
	 * @return the visitor
	 */
	public static Visitor opened(String command, Consumer<String> lines) {
		return (page) -> {
			List<String> words = command.isEmpty() ? desktop() : List.of(command);
			lines.accept("  opens " + words.get(0));
			try {
				List<String> line = new ArrayList<>(words);
				line.add(page.toString());
				new ProcessBuilder(line).redirectErrorStream(true)
					.redirectOutput(ProcessBuilder.Redirect.DISCARD)
					.start();
				return null;
			}
			catch (IOException ex) {
				return "cannot start " + words.get(0);
			}
		};
	}

	/**
	 * Follows redirects by itself, as far as nobody is asked anything.
	 * @return the visitor
	 */
	public static Visitor unattended() {
		return (page) -> {
			HttpClient http = HttpClient.newBuilder()
				.cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
				.version(HttpClient.Version.HTTP_1_1)
				.connectTimeout(PATIENCE)
				.build();
			try {
				return follow(http, page);
			}
			catch (IOException ex) {
				return "sign-in: no answer on the way (expected: a page, or a redirect)";
			}
			catch (IllegalArgumentException ex) {
				return "sign-in: a redirect to no web page (expected: --open, or nothing, in place of --auto-approve)";
			}
		};
	}

	private static @Nullable String follow(HttpClient http, URI page) throws IOException {
		String end = URLUtils.parseParameters(page.getRawQuery()).getOrDefault("redirect_uri", List.of("")).get(0);
		URI next = page;
		for (int hop = 0; hop < REDIRECTS; hop++) {
			HttpResponse<Void> answer = get(http, next);
			String location = answer.headers().firstValue("Location").orElse(null);
			if (location == null) {
				return next.toString().startsWith(end) ? null
						: "sign-in: %s answers %d and waits for a person (expected: --open, or nothing, in place of --auto-approve)"
							.formatted(next.getPath(), answer.statusCode());
			}
			next = next.resolve(location);
		}
		return "sign-in: more than %d redirects".formatted(REDIRECTS);
	}

	private static HttpResponse<Void> get(HttpClient http, URI page) throws IOException {
		try {
			return http.sendAsync(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding())
				.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IOException("no answer", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
	}

	private static List<String> desktop() {
		String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
		if (system.contains("win")) {
			return List.of("rundll32", "url.dll,FileProtocolHandler");
		}
		return List.of(system.contains("mac") ? "open" : "xdg-open");
	}

}
