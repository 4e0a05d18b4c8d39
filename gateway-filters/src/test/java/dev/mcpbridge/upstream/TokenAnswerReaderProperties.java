package dev.mcpbridge.upstream;

import java.time.Duration;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

import static org.assertj.core.api.Assertions.assertThat;

class TokenAnswerReaderProperties {

	private final TokenAnswerReader reader = new TokenAnswerReader(Duration.ofMinutes(55));

	@Property
	void whateverComesBackHasAMeaning(@ForAll @IntRange(min = 200, max = 599) int status, @ForAll String contentType,
			@ForAll String retryAfter, @ForAll String body) {
		assertThat(read(new HttpAnswer(status, contentType, retryAfter, body)))
			.isInstanceOf(TokenAnswer.Unavailable.class);
	}

	@Property
	void halfAnAnswerNeverIssuesAToken(@ForAll @IntRange(min = 0, max = 70) int length) {
		String whole = "{\"access_token\": \"a:b:c\", \"refresh_token\": \"d:e:f\", \"expires_in\": 3300}";
		String half = whole.substring(0, length);
		assertThat(read(new HttpAnswer(200, "application/json", null, half)))
			.isEqualTo(new TokenAnswer.Unavailable(Outage.UNREADABLE, null));
	}

	@Property
	void noTokenIsEverPrinted(@ForAll @AlphaChars @StringLength(min = 20, max = 80) String token,
			@ForAll @IntRange(min = 200, max = 599) int status) {
		HttpAnswer answer = new HttpAnswer(status, "application/json", null,
				"{\"access_token\": \"%1$s\", \"refresh_token\": \"%1$s\", \"error_description\": \"%1$s\"}"
					.formatted(token));
		assertThat(answer.toString() + read(answer)).doesNotContain(token);
	}

	private TokenAnswer read(HttpAnswer answer) {
		return this.reader.read(answer, ScriptedUpstream.NOW, ScriptedUpstream.NOW);
	}

}
