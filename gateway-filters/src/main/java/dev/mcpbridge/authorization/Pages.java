package dev.mcpbridge.authorization;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The pages a person sees: plain HTML that runs no script and may not be framed.
 * <p>
 * The referrer policy is {@code same-origin} and not stricter, since browsers would
 * otherwise send the form with {@code Origin: null}.
 */
final class Pages {

	private static final String STYLE = resource("style.css");

	private static final String POLICY = "default-src 'none'; style-src 'sha256-%s'; frame-ancestors 'none'; base-uri 'none'"
		.formatted(sha256(STYLE));

	private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

	private final Template consent = template("consent.mustache");

	private final Template error = template("error.mustache");

	Mono<ServerResponse> consent(ServerResponse.BodyBuilder answer, ConsentPage page) {
		Map<String, Object> context = new HashMap<>();
		context.put("clientName", page.clientName());
		context.put("redirectHost", page.redirectHost());
		context.put("onThisComputer", page.onThisComputer());
		context.put("permissions", page.permissions());
		context.put("canRemember", page.canRemember());
		context.put("action", page.action());
		context.put("ticket", page.ticket());
		return render(answer, this.consent, context);
	}

	Mono<ServerResponse> error(HttpStatusCode status, ErrorPage page) {
		Map<String, Object> context = new HashMap<>();
		context.put("title", page.title());
		context.put("explanation", page.explanation());
		context.put("remedy", page.remedy());
		context.put("code", page.code());
		return render(Answers.withStatus(status), this.error, context);
	}

	private static Mono<ServerResponse> render(ServerResponse.BodyBuilder answer, Template template,
			Map<String, Object> context) {
		context.put("style", STYLE);
		return answer.contentType(HTML)
			.cacheControl(CacheControl.noStore())
			.header("Content-Security-Policy", POLICY)
			.header("X-Frame-Options", "DENY")
			.header("X-Content-Type-Options", "nosniff")
			.header("Referrer-Policy", "same-origin")
			.bodyValue(template.execute(context));
	}

	private static Template template(String name) {
		return Mustache.compiler().escapeHTML(true).compile(resource(name));
	}

	private static String resource(String name) {
		try (InputStream in = Pages.class.getResourceAsStream(name)) {
			if (in == null) {
				throw new IllegalStateException("missing on the class path: " + name);
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String sha256(String text) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return Base64.getEncoder().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

}
