package dev.mcpbridge.headers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;

/**
 * The CORS headers of a policy as they go on the wire.
 *
 * @param methods the allowed methods
 * @param always what goes on every answer: caches need no {@code Vary} then
 * @param preflight what a granted preflight gets on top: the whole list, not just what
 * was asked
 * @param varies whether the answer depends on the origin
 */
record CorsHeaders(String methods, HttpHeaders always, HttpHeaders preflight, boolean varies) {

	private static final String FAMILY = "access-control-";

	static CorsHeaders ofMcp(CorsConfiguration rules) {
		boolean anyone = rules.getAllowedOrigins() != null;
		HttpHeaders always = new HttpHeaders();
		if (anyone) {
			always.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
			always.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, list(rules.getExposedHeaders()));
		}
		return new CorsHeaders(list(rules.getAllowedMethods()), always, preflight(rules), !anyone);
	}

	static CorsHeaders ofAtlassian(CorsConfiguration rules) {
		HttpHeaders always = preflight(rules);
		always.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
		always.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, list(rules.getExposedHeaders()));
		return new CorsHeaders(list(rules.getAllowedMethods()), always, always, false);
	}

	HttpHeaders ofActual(CorsVerdict verdict) {
		if (verdict.headers().isEmpty()) {
			return this.always;
		}
		HttpHeaders headers = HttpHeaders.copyOf(verdict.headers());
		headers.putAll(this.always);
		return headers;
	}

	HttpHeaders ofPreflight(CorsVerdict verdict) {
		HttpHeaders headers = HttpHeaders.copyOf(ofActual(verdict));
		if (verdict.allowed()) {
			headers.putAll(this.preflight);
		}
		return headers;
	}

	/**
	 * Puts our CORS headers in place of whatever is there.
	 * @param target the headers of the answer
	 * @param ours what is to be there
	 */
	void replace(HttpHeaders target, HttpHeaders ours) {
		for (String name : List.copyOf(target.headerNames())) {
			if (name.regionMatches(true, 0, FAMILY, 0, FAMILY.length())) {
				target.remove(name);
			}
		}
		ours.forEach((name, values) -> target.put(name, new ArrayList<>(values)));
		if (this.varies && target.getVary().stream().noneMatch(HttpHeaders.ORIGIN::equalsIgnoreCase)) {
			target.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
		}
	}

	private static HttpHeaders preflight(CorsConfiguration rules) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, list(rules.getAllowedMethods()));
		headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, list(rules.getAllowedHeaders()));
		headers.setAccessControlMaxAge(Duration.ofSeconds(Objects.requireNonNull(rules.getMaxAge())));
		return headers;
	}

	private static String list(@Nullable List<String> names) {
		return String.join(", ", Objects.requireNonNull(names));
	}

}
