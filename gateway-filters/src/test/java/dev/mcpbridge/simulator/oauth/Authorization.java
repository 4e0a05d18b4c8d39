package dev.mcpbridge.simulator.oauth;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.mcpbridge.simulator.wire.Answer;
import dev.mcpbridge.simulator.wire.Call;

/**
 * Asks the person, and redirects with a code or a refusal.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1">RFC 6749, section
 * 4.1.1</a>
 */
final class Authorization {

	private final Clients clients;

	private final Grants grants;

	private final People people;

	private final boolean autoApprove;

	private final AtomicInteger approvals = new AtomicInteger();

	Authorization(Clients clients, Grants grants, People people, boolean autoApprove) {
		this.clients = clients;
		this.grants = grants;
		this.people = people;
		this.autoApprove = autoApprove;
	}

	Answer answer(Call call) {
		AuthorizationRequest request;
		try {
			request = AuthorizationRequest.of(call.parameters(), this.clients);
		}
		catch (Refusal refusal) {
			return ConsentPage.refused(refusal.description());
		}
		try {
			request.check();
		}
		catch (Refusal refusal) {
			return refused(request, refusal.error(), refusal.description());
		}
		if (call.method().equals("POST")) {
			return decided(request, call.form().getOrDefault("decision", List.of("")).get(0));
		}
		return this.autoApprove ? allowed(request) : ConsentPage.of(call, request, this.people.next());
	}

	int approvals() {
		return this.approvals.get();
	}

	private Answer decided(AuthorizationRequest request, String decision) {
		return switch (decision) {
			case "allow" -> allowed(request);
			case "deny" -> refused(request, "access_denied", "The user denied the request");
			default -> ConsentPage.refused("Unknown decision");
		};
	}

	private Answer allowed(AuthorizationRequest request) {
		this.approvals.incrementAndGet();
		String code = this.grants.open(this.people.take(), request);
		return Answer.redirect(request.redirectWith("code", code));
	}

	private static Answer refused(AuthorizationRequest request, String error, String description) {
		return Answer.redirect(request.redirectWith("error", error, "error_description", description));
	}

}
