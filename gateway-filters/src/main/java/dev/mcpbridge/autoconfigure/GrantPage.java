package dev.mcpbridge.autoconfigure;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A part of the list of grants, which is sorted by their ids.
 *
 * @param grants the grants
 * @param next what to ask the next part with, as {@code after}; {@code null} at the end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GrantPage(List<GrantEntry> grants, @Nullable String next) {

	/** Of the entries, one more than asked for tells that there are more. */
	static GrantPage of(List<GrantEntry> entries, int limit) {
		return (entries.size() <= limit) ? new GrantPage(entries, null)
				: new GrantPage(List.copyOf(entries.subList(0, limit)), entries.get(limit - 1).id());
	}

}
