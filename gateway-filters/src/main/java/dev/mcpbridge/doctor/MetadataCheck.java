package dev.mcpbridge.doctor;

import java.util.ArrayList;
import java.util.List;

import dev.mcpbridge.doctor.Requests.Heard;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks whether the documents at the public URL are ours: strict clients compare what
 * they name with the URL they used.
 */
final class MetadataCheck implements Check {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String SERVER = "oauth-authorization-server";

	private final PublicSettings settings;

	private final Requests requests;

	MetadataCheck(PublicSettings settings, Requests requests) {
		this.settings = settings;
		this.requests = requests;
	}

	@Override
	public CheckId about() {
		return CheckId.PUBLIC_METADATA;
	}

	@Override
	public Flux<Finding> look() {
		return Flux.fromIterable(expected())
			.concatMap(this::flaw)
			.next()
			.defaultIfEmpty(Finding.ok(about(), "the documents name " + this.settings.url("")))
			.flux();
	}

	private List<Expected> expected() {
		List<Expected> expected = new ArrayList<>();
		if (this.settings.desk()) {
			expected.add(new Expected(this.settings.resources().publicUrl().wellKnown(SERVER, "").toString(), "issuer",
					this.settings.resources().publicUrl().issuer()));
		}
		this.settings.resources()
			.paths()
			.forEach((path) -> expected.add(new Expected(this.settings.resources().metadataOf(path).toString(),
					"resource", this.settings.url(path))));
		return expected;
	}

	private Mono<Finding> flaw(Expected expected) {
		return this.requests.get(expected.address()).flatMap((heard) -> Mono.justOrEmpty(flaw(expected, heard)));
	}

	private @Nullable Finding flaw(Expected expected, Heard heard) {
		if (heard.status() == 403 && heard.body().contains("mcp.bridge.allowed-hosts")) {
			return Finding.failure(CheckId.PUBLIC_HOST,
					"%s: 403, the Host header does not name the gateway".formatted(expected.address()));
		}
		if (heard.status() != 200) {
			return Finding.failure(about(), "%s: %d (expected: 200)".formatted(expected.address(), heard.status()));
		}
		String named = member(heard.body(), expected.member());
		return expected.value().equals(named) ? null : Finding.failure(about(), "%s: %s is %s (expected: %s)"
			.formatted(expected.address(), expected.member(), named, expected.value()));
	}

	private static String member(String body, String name) {
		try {
			JsonNode value = JSON.readTree(body).path(name);
			return value.isString() ? value.stringValue() : "missing";
		}
		catch (JacksonException ex) {
			return "missing, for it is no JSON";
		}
	}

	/**
	 * A document.
	 *
	 * @param address where it is
	 * @param member what names us in it
	 * @param value how it names us
	 */
	private record Expected(String address, String member, String value) {

	}

}
