package dev.mcpbridge.limit;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.mcpbridge.policy.ToolCall;
import dev.mcpbridge.policy.ToolClass;
import org.jspecify.annotations.Nullable;

/**
 * A limit on calls of tools, counted for everybody it tells apart.
 *
 * @param name what it is called, in answers and logs
 * @param per what it tells apart; nothing counts all calls together
 * @param tools the names of the tools it is about; empty for any
 * @param classes the classes of the tools it is about; empty for any
 * @param atOnce how many calls may be under way at once; 0 for any number
 * @param rate how many calls may be made in a period; 0 for any number
 * @param period how long a period is
 * @param burst how many calls may be saved up for later; 0 for a period's
 */
public record Limit(String name, Set<Per> per, Set<String> tools, Set<ToolClass> classes, int atOnce, int rate,
		Duration period, int burst) {

	public Limit {
		per = Set.copyOf(per);
		tools = Set.copyOf(tools);
		classes = Set.copyOf(classes);
	}

	/**
	 * Makes the limit that most need: the calls of one person under way at once.
	 * @param atOnce how many
	 * @return the limit
	 */
	public static Limit ofPerson(int atOnce) {
		return new Limit("person", Set.of(Per.PERSON), Set.of(), Set.of(), atOnce, 0, Duration.ofMinutes(1), 0);
	}

	/** Those of some calls it is about. */
	List<ToolCall> among(List<ToolCall> calls) {
		return calls.stream().filter(this::isAbout).toList();
	}

	@Nullable Rate asRate() {
		return (this.rate > 0) ? new Rate(this.rate, this.period, (this.burst > 0) ? this.burst : this.rate) : null;
	}

	private boolean isAbout(ToolCall call) {
		return (this.tools.isEmpty() && this.classes.isEmpty()) || this.tools.contains(call.name())
				|| this.classes.contains(call.kind());
	}

	/** What calls are told apart by. */
	public enum Per {

		/** Who calls: the subject of the token. */
		PERSON {
			@Override
			Stream<String> of(ToolCall call, Asker asker) {
				return Stream.of(asker.person());
			}
		},

		/** The client the token was issued to. */
		CLIENT {
			@Override
			Stream<String> of(ToolCall call, Asker asker) {
				return Stream.of(asker.client());
			}
		},

		/** The name of the tool. */
		TOOL {
			@Override
			Stream<String> of(ToolCall call, Asker asker) {
				return Stream.of(call.name());
			}
		},

		/** The class of the tool. */
		TOOL_CLASS {
			@Override
			Stream<String> of(ToolCall call, Asker asker) {
				return Stream.of(call.kind().word());
			}
		};

		abstract Stream<String> of(ToolCall call, Asker asker);

	}

}
