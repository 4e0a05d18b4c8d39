package dev.mcpbridge.autoconfigure;

import dev.mcpbridge.request.RequestIds;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Carries the id of a request from the Reactor context into the log lines of whatever
 * thread works on it.
 */
final class RequestIdInLogs implements ThreadLocalAccessor<String> {

	@Override
	public Object key() {
		return RequestIds.KEY;
	}

	@Override
	public @Nullable String getValue() {
		return MDC.get(RequestIds.KEY);
	}

	@Override
	public void setValue(String id) {
		MDC.put(RequestIds.KEY, id);
	}

	@Override
	public void setValue() {
		MDC.remove(RequestIds.KEY);
	}

}
