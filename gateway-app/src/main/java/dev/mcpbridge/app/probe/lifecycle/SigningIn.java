package dev.mcpbridge.app.probe.lifecycle;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.mcpbridge.app.probe.contract.Finding;
import dev.mcpbridge.app.probe.signin.Visitor;
import dev.mcpbridge.app.probe.token.Lifetimes;
import dev.mcpbridge.app.probe.token.TokenShape;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.upstream.TokenAnswer;
import dev.mcpbridge.upstream.UpstreamClient;
import dev.mcpbridge.upstream.UpstreamException;
import dev.mcpbridge.upstream.UpstreamTokens;
import org.jspecify.annotations.Nullable;

/**
 * Becomes a client, sends a person to sign in, and redeems what they come back with.
 */
final class SigningIn {

	private SigningIn() {
	}

	static Finding register(Experiment experiment) {
		try {
			UpstreamClient client = Answers.of(experiment.upstream().registrar().register(experiment.server()));
			experiment.registered(client);
			Map<String, String> facts = new LinkedHashMap<>();
			facts.put("answer", "registered");
			facts.put("client", (client.clientSecret() != null) ? "confidential" : "public");
			facts.put("client-id", client.clientId().length() + " characters");
			return new Finding.Seen(facts, null);
		}
		catch (UpstreamException.Refused ex) {
			String said = (ex.description() != null) ? "the server says: " + ex.description() : null;
			return new Finding.Seen(Map.of("answer", "refused with %d %s".formatted(ex.status(), ex.code())), said);
		}
	}

	static @Nullable String obstacle(Experiment experiment) {
		return (experiment.equipment().visitor() != null) ? experiment.clientObstacle() : "--no-login";
	}

	static Finding signIn(Experiment experiment) {
		Equipment equipment = experiment.equipment();
		State state = new State();
		CodeVerifier verifier = new CodeVerifier();
		URI page = experiment.upstream()
			.authorization()
			.request(experiment.server(), experiment.client(), new Scope(), state, verifier);
		Visitor visitor = equipment.visitor();
		String problem = (visitor != null) ? visitor.visit(page) : "--no-login";
		if (problem != null) {
			return new Finding.Failed(problem);
		}
		Map<String, List<String>> callback = equipment.listener().await(equipment.patience());
		return (callback != null) ? came(experiment, new Callback(callback), state, verifier)
				: new Finding.Failed("nobody came back within %d s".formatted(equipment.patience().toSeconds()));
	}

	static Finding redeem(Experiment experiment) {
		SignedIn signedIn = experiment.signedIn();
		TokenAnswer answer = Answers.of(experiment.upstream()
			.tokenEndpoint()
			.exchange(experiment.client(), signedIn.code(), signedIn.verifier()));
		if (answer instanceof TokenAnswer.Unavailable) {
			return new Finding.Failed(Answers.reason(answer));
		}
		Map<String, String> facts = new LinkedHashMap<>();
		facts.put("answer", Answers.text(answer));
		if (answer instanceof TokenAnswer.Issued issued) {
			UpstreamTokens tokens = issued.tokens();
			experiment.got(tokens, null);
			facts.put("access-token", TokenShape.of(tokens.accessToken()).text());
			facts.put("refresh-token", TokenShape.of(tokens.refreshToken()).text());
			facts.put("type", tokens.tokenType());
			facts.put("scope", tokens.scope().isEmpty() ? "not said" : String.join(" ", tokens.scope()));
		}
		return new Finding.Seen(facts, Answers.reason(answer).isEmpty() ? null : Answers.reason(answer));
	}

	static Finding lifetime(Experiment experiment) {
		return Finding.of("expires_in", Lifetimes.text(experiment.first()));
	}

	private static Finding came(Experiment experiment, Callback callback, State state, CodeVerifier verifier) {
		Map<String, String> facts = new LinkedHashMap<>();
		String code = callback.text("code");
		String iss = callback.text("iss");
		boolean returned = state.getValue().equals(callback.text("state"));
		boolean sender = experiment.server().mayHaveSent(iss);
		facts.put("answer", (code != null) ? "code" : "refused with " + callback.text("error"));
		facts.put("state", returned ? "returned" : "another");
		facts.put("iss", (iss == null) ? "none" : experiment.equipment().relative(iss));
		if (code == null || !returned || !sender) {
			return new Finding.Seen(facts, sender ? null : "iss is not the issuer: the code is not redeemed");
		}
		SignedIn signedIn = new SignedIn(Secret.of(code), verifier);
		experiment.signedIn(signedIn);
		facts.put("code", TokenShape.of(signedIn.code()).text());
		return new Finding.Seen(facts, null);
	}

	/**
	 * What the browser came back with.
	 *
	 * @param parameters the query
	 */
	private record Callback(Map<String, List<String>> parameters) {

		@Nullable String text(String name) {
			List<String> values = this.parameters.getOrDefault(name, List.of());
			return (values.isEmpty() || values.get(0).isEmpty()) ? null : values.get(0);
		}

	}

}
