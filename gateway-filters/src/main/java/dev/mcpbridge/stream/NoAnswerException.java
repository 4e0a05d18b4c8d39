package dev.mcpbridge.stream;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * The upstream did not begin to answer in time: 504.
 */
@ResponseStatus(HttpStatus.GATEWAY_TIMEOUT)
public final class NoAnswerException extends TimeoutException {

	NoAnswerException(Duration waited) {
		super("No answer within " + waited);
	}

}
