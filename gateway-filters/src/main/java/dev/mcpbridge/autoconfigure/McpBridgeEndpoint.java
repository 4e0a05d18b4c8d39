package dev.mcpbridge.autoconfigure;

import java.util.Map;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The actuator endpoint {@code mcpbridge}: counts grants, lists them without secrets, and
 * ends them.
 * <p>
 * A store that cannot answer is 503: asking again does no harm.
 */
@WebEndpoint(id = "mcpbridge")
public final class McpBridgeEndpoint {

	private static final Log log = LogFactory.getLog(McpBridgeEndpoint.class);

	private static final String LIST = "grants";

	private static final int LIMIT = 100;

	private static final int MAX_LIMIT = 1000;

	private final GrantDesk desk;

	McpBridgeEndpoint(GrantDesk desk) {
		this.desk = desk;
	}

	/**
	 * Counts grants.
	 * @return how many are alive, ended and unreadable
	 */
	@ReadOperation
	public Mono<WebEndpointResponse<Object>> count() {
		return answer(this.desk::count);
	}

	/**
	 * Lists grants, sorted by their ids.
	 * @param what {@code grants}; anything else is 404
	 * @param client a {@code client_id} or its fingerprint, to list one client's only
	 * @param person a pseudonym or account id, to list one person's only
	 * @param limit how many at most, 1 to 1000; 100 if it is not said
	 * @param after the {@code next} of the part before
	 * @return a part of the list
	 */
	@ReadOperation
	public Mono<WebEndpointResponse<Object>> list(@Selector String what, @Nullable String client,
			@Nullable String person, @Nullable Integer limit, @Nullable String after) {
		if (!what.equals(LIST)) {
			return refused(WebEndpointResponse.STATUS_NOT_FOUND, "no such list (expected: grants)");
		}
		int bound = (limit != null) ? limit : LIMIT;
		if (bound < 1 || bound > MAX_LIMIT) {
			return refused(WebEndpointResponse.STATUS_BAD_REQUEST,
					"limit: %d (expected: 1 to %d)".formatted(bound, MAX_LIMIT));
		}
		return answer(() -> this.desk.list(new GrantSelection(null, client, person), bound, after));
	}

	/**
	 * Ends grants, on every replica from its next request on.
	 * @param grant the id of one
	 * @param client a {@code client_id} or its fingerprint, to end all of one client
	 * @param person a pseudonym or account id, to end all of one person
	 * @return how many were ended; 400 unless exactly one of the three is given
	 */
	@DeleteOperation
	public Mono<WebEndpointResponse<Object>> end(@Nullable String grant, @Nullable String client,
			@Nullable String person) {
		GrantSelection selection = new GrantSelection(grant, client, person);
		if (!selection.isByOne()) {
			return refused(WebEndpointResponse.STATUS_BAD_REQUEST,
					"nothing was ended (expected: exactly one of grant, client, person)");
		}
		return answer(() -> this.desk.end(selection)
			.doOnNext((ended) -> log.info("grants ended by operator count=" + ended))
			.map((ended) -> Map.of("ended", ended)));
	}

	private static Mono<WebEndpointResponse<Object>> answer(Supplier<Mono<?>> body) {
		return Mono.defer(body).map((answer) -> new WebEndpointResponse<Object>(answer)).onErrorResume((failure) -> {
			log.warn("grants cannot be read reason=" + failure.getClass().getSimpleName());
			return refused(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE, "the store cannot answer; try again");
		});
	}

	private static Mono<WebEndpointResponse<Object>> refused(int status, String error) {
		return Mono.just(new WebEndpointResponse<>(Map.of("error", error), status));
	}

}
