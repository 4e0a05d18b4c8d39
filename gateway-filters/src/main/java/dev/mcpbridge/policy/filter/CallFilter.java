package dev.mcpbridge.policy.filter;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import dev.mcpbridge.exchange.Identity;
import dev.mcpbridge.policy.Admission;
import dev.mcpbridge.policy.Admission.Admitted;
import dev.mcpbridge.policy.CallOfTools;
import dev.mcpbridge.policy.CallOutcome;
import dev.mcpbridge.policy.rule.Judgement;
import dev.mcpbridge.policy.rule.ToolPolicy;
import dev.mcpbridge.policy.wire.AnswerWatch;
import dev.mcpbridge.policy.wire.BodyDefectException;
import dev.mcpbridge.policy.wire.CallsRequest;
import dev.mcpbridge.policy.wire.RequestBodies;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

/**
 * What happens to the requests of one route.
 * <p>
 * A request with a body is read, judged and sent on or answered. Whatever else there is
 * opens a stream or ends a session, and has no calls in it.
 */
final class CallFilter implements GatewayFilter {

	private static final Set<HttpMethod> WITHOUT_BODY = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE,
			HttpMethod.OPTIONS);

	private final ToolGuard guard;

	private final @Nullable ToolPolicy policy;

	private final ListFilter lists;

	CallFilter(ToolGuard guard, @Nullable ToolPolicy policy) {
		this.guard = guard;
		this.policy = policy;
		this.lists = new ListFilter(guard, policy);
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		if (WITHOUT_BODY.contains(exchange.getRequest().getMethod())) {
			return chain.filter(this.lists.onStream(exchange));
		}
		return Mono
			.deferContextual((context) -> RequestBodies.read(exchange.getRequest(), this.guard.limits().request())
				.map((content) -> read(exchange, chain, content, context))
				.onErrorResume(BodyDefectException.class, (ex) -> Mono.just(malformed(exchange, ex)))
				.flatMap(Function.identity()));
	}

	private Mono<Void> read(ServerWebExchange exchange, GatewayFilterChain chain, byte[] content, ContextView context) {
		if (content.length == 0) {
			return chain.filter(RequestBodies.again(exchange, content));
		}
		long read = System.nanoTime();
		CallsRequest request = CallsRequest.read(exchange.getRequest().getHeaders(), content, this.guard.classes());
		ServerWebExchange again = RequestBodies.again(exchange, content);
		ServerWebExchange asking = request.lists() ? this.lists.onAnswer(again) : again;
		if (request.calls().isEmpty()) {
			return chain.filter(asking);
		}
		Identity who = Identity.of(exchange);
		Round round = new Round(exchange, context, who, request, judged(who, request), read);
		return round.isRefused() ? refused(round, chain) : admitted(round, asking, chain);
	}

	private List<Judgement> judged(Identity who, CallsRequest request) {
		ToolPolicy judge = this.policy;
		return request.calls()
			.stream()
			.map((call) -> (judge != null) ? judge.judge(who, call) : Judgement.NO_POLICY)
			.toList();
	}

	private Mono<Void> malformed(ServerWebExchange exchange, BodyDefectException ex) {
		this.guard.listener().malformed(exchange, ex.defect());
		return this.guard.refusals().malformed(exchange, ex.defect());
	}

	private Mono<Void> refused(Round round, GatewayFilterChain chain) {
		return Mono.defer(() -> {
			round.refused(this.guard.listener());
			return this.guard.refusals().refused(round, chain);
		});
	}

	private Mono<Void> admitted(Round round, ServerWebExchange exchange, GatewayFilterChain chain) {
		if (this.guard.gates().areNone()) {
			return sent(round, exchange, chain);
		}
		CallOfTools call = new CallOfTools(exchange, round.who(), round.request().calls());
		return Mono
			.usingWhen(this.guard.gates().admit(call),
					(admission) -> (admission instanceof Admission.Refused refused)
							? refusedAtGate(round, refused, chain) : sent(round, exchange, chain),
					CallFilter::released);
	}

	private static Mono<Void> released(Admission admission) {
		return Mono.fromRunnable(() -> {
			if (admission instanceof Admitted admitted) {
				admitted.release().run();
			}
		});
	}

	private Mono<Void> refusedAtGate(Round round, Admission.Refused refused, GatewayFilterChain chain) {
		round.refusedAtGate(this.guard.listener(), refused.reason());
		return this.guard.refusals().refused(round, refused, chain);
	}

	private Mono<Void> sent(Round round, ServerWebExchange exchange, GatewayFilterChain chain) {
		AnswerWatch watch = new AnswerWatch(exchange.getResponse());
		AtomicBoolean over = new AtomicBoolean();
		// before whoever is further out takes back an answer that is not passed on
		return chain.filter(exchange.mutate().response(watch).build())
			.doOnSuccess((done) -> ended(round, over, watch.outcome()))
			.doOnError((failure) -> ended(round, over, CallOutcome.BROKEN))
			.doOnCancel(() -> ended(round, over, CallOutcome.CANCELLED));
	}

	private void ended(Round round, AtomicBoolean over, CallOutcome outcome) {
		if (over.compareAndSet(false, true)) {
			round.ended(this.guard.listener(), outcome);
		}
	}

}
