package dev.mcpbridge.catalogue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import dev.mcpbridge.message.JsonRpcError;
import dev.mcpbridge.policy.Admission;
import dev.mcpbridge.policy.CallGate;
import dev.mcpbridge.policy.CallOfTools;
import dev.mcpbridge.policy.ToolCall;
import dev.mcpbridge.policy.ToolListReader;
import dev.mcpbridge.secret.SealedTexts;
import dev.mcpbridge.store.BridgeStore;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

/**
 * Watches what the upstream says its tools are, in the lists that pass.
 * <p>
 * A text that was never seen before is told. With a pin, a tool whose text is not
 * accepted is taken from lists, and calls of it are refused. Until the store was read
 * once, a pin accepts nothing.
 * <p>
 * People may see different tools, so a tool that is missing from a list is no change.
 */
public final class Catalogue implements ToolListReader, CallGate {

	private static final Log log = LogFactory.getLog(Catalogue.class);

	private final CatalogueMemory memory;

	private final Pin pin;

	private final CatalogueListener listener;

	private final InstantSource clock;

	/**
	 * Makes it; it knows nothing before {@link #share()}.
	 * @param store where it is remembered, or {@code null} for this process alone
	 * @param box seals what is stored; needed with a store
	 * @param pin which texts may be used
	 * @param listener hears of changes
	 * @param clock the time
	 */
	public Catalogue(@Nullable BridgeStore store, @Nullable SealedTexts box, Pin pin, CatalogueListener listener,
			InstantSource clock) {
		this.memory = new CatalogueMemory(store, box);
		this.pin = pin;
		this.listener = listener;
		this.clock = clock;
	}

	/**
	 * Makes what is known here and in the store one.
	 * @return when it is; an error if the store is away
	 */
	public Mono<Void> share() {
		return this.memory.share();
	}

	/** Does so beside everything else; what fails is tried again with the next change. */
	public void shareSoon() {
		share().subscribe(new BaseSubscriber<Void>() {
			@Override
			protected void hookOnError(Throwable failure) {
				log.debug("catalogue is not shared now reason=" + failure.getClass().getSimpleName());
			}
		});
	}

	/**
	 * Tells what is known of each tool.
	 * @return the tools, sorted by their names
	 */
	public List<ToolState> tools() {
		return this.memory.known().tools().values().stream().map((tool) -> ToolState.of(tool, this.pin)).toList();
	}

	/**
	 * Accepts the latest texts of tools.
	 * @param names the tools, those that are not known among them; empty for all
	 * @return how many have another accepted text now, once that is shared
	 */
	public Mono<Integer> accept(Set<String> names) {
		return Mono.defer(() -> {
			AtomicInteger count = new AtomicInteger();
			this.memory.change((known) -> {
				count.set((int) known.tools().values().stream().filter((tool) -> isMeant(tool, names)).count());
				return known.accept((tool) -> isMeant(tool, names));
			});
			return share().thenReturn(count.get());
		});
	}

	@Override
	public List<ObjectNode> read(ServerWebExchange exchange, List<ObjectNode> tools) {
		Instant now = this.clock.instant();
		List<ToolChange> changes = new ArrayList<>();
		this.memory.change((known) -> {
			KnownTools.Seen seen = known.see(tools, now);
			changes.addAll(seen.changes());
			return seen.known();
		});
		if (!changes.isEmpty()) {
			changes.forEach(this::tell);
			shareSoon();
		}
		return (this.pin instanceof Pin.None) ? tools : good(tools, now);
	}

	@Override
	public Mono<Admission> admit(CallOfTools call) {
		return Mono.fromSupplier(() -> call.calls().stream().allMatch(this::mayBeCalled) ? Admission.FREE : refused());
	}

	private boolean mayBeCalled(ToolCall call) {
		if (this.pin instanceof Pin.None) {
			return true;
		}
		KnownTool tool = this.memory.known().tools().get(call.name());
		if (!this.memory.isRead()) {
			return false;
		}
		return (tool != null) ? this.pin.isGood(tool, tool.latest()) : !(this.pin instanceof Pin.Listed);
	}

	private Admission refused() {
		this.listener.refused();
		return new Admission.Refused("catalogue", HttpStatus.OK, new JsonRpcError(JsonRpcError.SERVER_ERROR,
				"The description of this tool has changed at the upstream and was not accepted by the operator of this gateway yet."),
				null);
	}

	private List<ObjectNode> good(List<ObjectNode> tools, Instant now) {
		KnownTools known = this.memory.known();
		List<ObjectNode> good = tools.stream().filter((tool) -> isGood(known, tool, now)).toList();
		if (good.size() < tools.size()) {
			this.listener.hidden(tools.size() - good.size());
		}
		return (good.size() < tools.size()) ? good : tools;
	}

	private boolean isGood(KnownTools known, ObjectNode tool, Instant now) {
		KnownTool remembered = known.tools().get(tool.path("name").asString(""));
		return this.memory.isRead() && remembered != null && this.pin.isGood(remembered, ToolText.of(tool, now).hash());
	}

	private static boolean isMeant(KnownTool tool, Set<String> names) {
		return !tool.isAccepted() && (names.isEmpty() || names.contains(tool.name()));
	}

	/** Names and texts are the upstream's, not a client's: they may be logged. */
	private void tell(ToolChange change) {
		if (change.kind() == ToolChange.Kind.CHANGED) {
			log.warn("upstream tool changed tool=%s difference=%s".formatted(change.tool(), change.difference()));
		}
		else if (change.kind() == ToolChange.Kind.ADDED) {
			log.info("upstream tool added tool=" + change.tool());
		}
		this.listener.changed(change);
	}

}
