package dev.mcpbridge.policy.filter;

import java.util.List;

import dev.mcpbridge.policy.Admission;
import dev.mcpbridge.policy.Admission.Admitted;
import dev.mcpbridge.policy.CallGate;
import dev.mcpbridge.policy.CallOfTools;
import reactor.core.publisher.Mono;

/**
 * Several gates as one.
 *
 * @param gates the gates, asked in this order
 */
record Gates(List<CallGate> gates) implements CallGate {

	Gates {
		gates = List.copyOf(gates);
	}

	boolean areNone() {
		return this.gates.isEmpty();
	}

	@Override
	public Mono<Admission> admit(CallOfTools call) {
		Mono<Admission> admission = Mono.just(Admission.FREE);
		for (CallGate gate : this.gates) {
			admission = admission.flatMap(
					(before) -> (before instanceof Admitted through) ? next(gate, call, through) : Mono.just(before));
		}
		return admission;
	}

	/**
	 * Whatever keeps a call from the next gate gives back what it got at those before.
	 */
	private static Mono<Admission> next(CallGate gate, CallOfTools call, Admitted before) {
		return Mono.defer(() -> gate.admit(call))
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("a gate neither admits nor refuses")))
			.map((admission) -> both(before, admission))
			.doOnError((failure) -> before.release().run())
			.doOnCancel(before.release());
	}

	private static Admission both(Admitted before, Admission next) {
		if (next instanceof Admitted through) {
			return new Admitted(() -> {
				through.release().run();
				before.release().run();
			});
		}
		before.release().run();
		return next;
	}

}
