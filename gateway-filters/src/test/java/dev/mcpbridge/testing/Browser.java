package dev.mcpbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A browser as far as logins need one: it keeps cookies and follows nothing by itself.
 */
public final class Browser {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);

	private final HttpClient http = HttpClient.newBuilder()
		.cookieHandler(this.cookies)
		.version(HttpClient.Version.HTTP_1_1)
		.followRedirects(HttpClient.Redirect.NEVER)
		.connectTimeout(PATIENCE)
		.build();

	/**
	 * Opens a page.
	 * @param url its URL
	 * @return the answer
	 */
	public HttpResponse<String> get(URI url) {
		return send(HttpRequest.newBuilder(url).GET());
	}

	/**
	 * Sends a form.
	 * @param url where to
	 * @param fields its fields
	 * @param headers more headers, names and values in turn
	 * @return the answer
	 */
	public HttpResponse<String> post(URI url, Map<String, String> fields, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(url)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form(fields)));
		for (int index = 0; index < headers.length; index += 2) {
			request.header(headers[index], headers[index + 1]);
		}
		return send(request);
	}

	/**
	 * Returns the cookies it keeps.
	 * @return the cookies
	 */
	public CookieManager cookies() {
		return this.cookies;
	}

	/**
	 * Sends any request.
	 * @param request the request
	 * @return the answer
	 */
	public HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Writes parameters as a form or query does.
	 * @param fields the parameters
	 * @return the encoded text
	 */
	public static String form(Map<String, String> fields) {
		return fields.entrySet()
			.stream()
			.map((field) -> encode(field.getKey()) + "=" + encode(field.getValue()))
			.collect(Collectors.joining("&"));
	}

	/**
	 * Returns where an answer sends the browser.
	 * @param answer a redirect
	 * @return its {@code Location}
	 */
	public static URI location(HttpResponse<?> answer) {
		return URI.create(answer.headers()
			.firstValue("Location")
			.orElseThrow(() -> new AssertionError("no redirect: %d %s".formatted(answer.statusCode(), answer.body()))));
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
