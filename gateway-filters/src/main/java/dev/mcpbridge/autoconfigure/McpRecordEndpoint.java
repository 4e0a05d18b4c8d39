package dev.mcpbridge.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.mcpbridge.record.Recorder;
import dev.mcpbridge.record.Selection;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The actuator endpoint {@code mcprecord}: begins to record traffic, for a time, and ends
 * it.
 * <p>
 * Whose traffic comes in a body, which no access log has, and is told again by pseudonyms
 * only, those of the files.
 */
@WebEndpoint(id = "mcprecord")
public final class McpRecordEndpoint {

	private static final Duration USUAL = Duration.ofMinutes(15);

	private static final Duration LONGEST = Duration.ofHours(24);

	private final Recorder recorder;

	private final String directory;

	private final InstantSource clock;

	McpRecordEndpoint(Recorder recorder, String directory, InstantSource clock) {
		this.recorder = recorder;
		this.directory = directory;
		this.clock = clock;
	}

	/**
	 * Tells what is recorded by this process, and where to.
	 * @return the state
	 */
	@ReadOperation
	public Map<String, Object> state() {
		Map<String, Object> state = new LinkedHashMap<>();
		state.put("recording", this.recorder.isOn());
		state.put("directory", this.directory);
		state.put("recordings", this.recorder.states());
		return state;
	}

	/**
	 * Begins to record. What is not given leaves nothing out.
	 * @param person {@code sub} of the bridge token, as grants are listed with
	 * @param client a {@code client_id} or its fingerprint, as grants are listed with
	 * @param grant the id of a grant
	 * @param session a session id as the client has it
	 * @param route the id of a route
	 * @param ratio how many of the logins, above 0, to 1; all if it is not said
	 * @param duration for how long, up to 24 hours; 15 minutes if it is not said
	 * @return the name of the recording; 400 if something cannot be used
	 */
	@WriteOperation
	public WebEndpointResponse<Map<String, Object>> start(@Nullable String person, @Nullable String client,
			@Nullable String grant, @Nullable String session, @Nullable String route, @Nullable Double ratio,
			@Nullable Duration duration) {
		Duration time = (duration != null) ? duration : USUAL;
		if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
			return refused("duration: %s (expected: positive, at most 24h)".formatted(time));
		}
		try {
			Instant until = this.clock.instant().plus(time);
			Selection.Who who = new Selection.Who(person, client, grant, session);
			String on = (route == null || route.isBlank()) ? null : route.strip();
			String id = this.recorder.start(new Selection(who, on, (ratio != null) ? ratio : 1, until));
			return new WebEndpointResponse<>(Map.of("id", id, "until", until));
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			return refused(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Ends recordings.
	 * @param id the name of one; all if it is not said
	 * @return how many were ended
	 */
	@DeleteOperation
	public Map<String, Object> stop(@Nullable String id) {
		return Map.of("stopped", this.recorder.stop((id != null) ? id : ""));
	}

	private static WebEndpointResponse<Map<String, Object>> refused(String error) {
		return new WebEndpointResponse<>(Map.of("error", error), WebEndpointResponse.STATUS_BAD_REQUEST);
	}

}
