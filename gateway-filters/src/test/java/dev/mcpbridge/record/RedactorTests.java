package dev.mcpbridge.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class RedactorTests {

	static final String OPAQUE = "5cab6ba65d3a4c096bc47e88:yOCe683ffO8tD1fX:P6nFkk7Bi44MF5DTyaXnIjvvFC6HPXL7";

	static final String JWE = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..Vd8s9QmZ2Kq.x7T4nM2pLw9Rb3Yc.Jh5Gf2Ds1Aa";

	final Pseudonyms pseudonyms = new Pseudonyms(Pseudonyms.passing(new SecureRandom()));

	final Redactor redactor = new Redactor(this.pseudonyms, true);

	final RedactedBody bodies = bodies();

	@ParameterizedTest
	@ValueSource(strings = { "%s", "the token is %s.", "Bearer %s", "https://x.example/a?b=%s&c=d", "\"%s\"",
			"{\"k\":\"%s\"}", "[%s]", "a=%s;b", "%s,%s", "<input name=\"ticket\" value=\"%s\">" })
	void tokensAreFoundInAnyText(String around) {
		for (String token : List.of(OPAQUE, JWE)) {
			assertThat(this.redactor.unparsed(around.replace("%s", token))).doesNotContain(fragments(token))
				.contains(this.pseudonyms.of(token));
		}
	}

	@Test
	void equalStaysEqualHoweverItIsWritten() {
		String pseudonym = this.pseudonyms.of(OPAQUE);
		RedactedQuery urls = new RedactedQuery(this.redactor);
		assertThat(urls.url("/cb?code=" + OPAQUE.replace(":", "%3A"))).isEqualTo("/cb?code=" + pseudonym);
		assertThat(urls.url("/cb?code=" + OPAQUE)).isEqualTo("/cb?code=" + pseudonym);
		assertThat(this.redactor.text("x " + OPAQUE.replace(":", "%3a") + " y")).isEqualTo("x " + pseudonym + " y");
		assertThat(this.pseudonyms.of(OPAQUE + "x")).isNotEqualTo(pseudonym);
	}

	@Test
	void aUrlInAUrlIsLookedInto() {
		String inner = "http%3A%2F%2F127.0.0.1%2Fcb%3Fcode%3Dshort-code-12%26x%3D1";
		String url = new RedactedQuery(this.redactor).url("/authorize?redirect_uri=" + inner + "&scope=read%3Ajira");
		assertThat(url).doesNotContain("short-code-12").contains("x=1").contains("scope=read%3Ajira");
	}

	@Test
	void whatIsNoSecretStays() {
		String text = "Issue PROJ-1: state=open, see dev.mcpbridge at 2026-11-23T03:37:03Z, urn:ietf:params:oauth";
		assertThat(this.redactor.text(text)).isEqualTo(text);
		JsonNode json = body("{\"error\":{\"code\":-32601,\"message\":\"Method not found\"},\"state\":\"open\"}");
		assertThat(json)
			.hasToString("{\"error\":{\"code\":-32601,\"message\":\"Method not found\"},\"state\":\"open\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "access_token", "refresh_token", "client_secret", "registration_access_token",
			"code_verifier", "sessionId", "password", "api_key", "apiToken", "accountId" })
	void namesTellASecretOfAnyLooks(String name) {
		assertThat(body("{\"a\":[{\"%s\":\"hush hush\"}]}".formatted(name)).at("/a/0/" + name).stringValue())
			.isEqualTo(this.pseudonyms.of("hush hush"));
	}

	@Test
	void jsonInATextIsLookedInto() {
		String inner = "{\\\"email\\\":\\\"jane@example.com\\\",\\\"access_token\\\":\\\"hush\\\",\\\"n\\\":1}";
		JsonNode json = body("{\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}".formatted(inner));
		assertThat(json.at("/content/0/text").stringValue())
			.isEqualTo("{\"email\":\"%s\",\"access_token\":\"%s\",\"n\":1}"
				.formatted(this.pseudonyms.of("jane@example.com"), this.pseudonyms.of("hush")));
	}

	@Test
	void escapesHideNothing() {
		String escaped = "{\"t\":\"" + OPAQUE.replace(":", "\\u003a") + "\"}";
		assertThat(body(escaped).toString()).doesNotContain(fragments(OPAQUE));
		assertThat(truncated(escaped.substring(0, escaped.length() - 1))).doesNotContain(fragments(OPAQUE));
	}

	@Test
	void aSecretThatIsCutOffIsLeftOut() {
		String body = "{\"greeting\":\"hello you\",\"t\":\"" + OPAQUE + "\",\"u\":\"" + JWE + "\"}";
		for (int end = 1; end < body.length(); end++) {
			assertThat(truncated(body.substring(0, end))).doesNotContain(fragments(OPAQUE))
				.doesNotContain(fragments(JWE));
		}
		assertThat(truncated(body.substring(0, 40))).contains("hello");
	}

	@Test
	void whatWasSeenInAHeaderIsKnownInABody() {
		HttpHeaders headers = new HttpHeaders();
		headers.set("Mcp-Session-Id", "0f1c2d3e-1111-2222-3333-444455556666.AbCdEfGhIjKlMnOpQrStUv");
		headers.set("Cookie", "theme=dark; sid=short+secret/value==");
		headers.set("Authorization", "Custom what-ever-it-is");
		headers.set("X-Mine", "anything");
		assertThat(new RedactedHeaders(this.redactor, List.of("x-MINE")).of(headers).toString())
			.doesNotContain("0f1c2d3e", "short", "what-ever", "anything", "dark")
			.contains("Custom [~", "theme=[~", "; sid=[~");
		assertThat(body("{\"m\":\"in 0f1c2d3e-1111-2222-3333-444455556666, short+secret/value== or what-ever-it-is!\"}")
			.toString()).doesNotContain("0f1c2d3e", "short", "what-ever");
	}

	@Test
	void attributesOfCookiesStay() {
		HttpHeaders headers = new HttpHeaders();
		headers.set("Set-Cookie", "sid=abc; Path=/; HttpOnly; SameSite=Lax");
		assertThat(new RedactedHeaders(this.redactor, List.of()).of(headers).at("/set-cookie/0").stringValue())
			.isEqualTo("sid=%s; Path=/; HttpOnly; SameSite=Lax".formatted(this.pseudonyms.of("abc")));
	}

	@Test
	void addressesOfPeopleAreLeftOutUnlessAskedFor() {
		assertThat(this.redactor.text("to jane.doe+x@mail.example.com!"))
			.isEqualTo("to %s!".formatted(this.pseudonyms.of("jane.doe+x@mail.example.com")));
		assertThat(new Redactor(this.pseudonyms, false).text("to jane@example.com")).isEqualTo("to jane@example.com");
	}

	@Test
	void pathsAreLeftOutWhole() {
		RedactedJson json = new RedactedJson(this.redactor,
				List.of("params.arguments.summary", "**.secretly", "a.*.c"));
		assertThat(json
			.of("""
					{"params":{"arguments":{"summary":"s","other":"o"}},"x":[{"secretly":{"k":1}}],"a":{"b":{"c":5,"d":6}}}""")
			.orElseThrow()).hasToString(
					"""
							{"params":{"arguments":{"summary":"%s","other":"o"}},"x":[{"secretly":"%s"}],"a":{"b":{"c":"%s","d":6}}}"""
						.formatted(this.pseudonyms.of("s"), this.pseudonyms.of("{\"k\":1}"), this.pseudonyms.of("5")));
	}

	@Test
	void compressedBodiesAreReadAndBombsAreNot() throws IOException {
		HttpHeaders headers = new HttpHeaders();
		headers.set("Content-Encoding", "gzip");
		assertThat(this.bodies.of(gzipped("{\"access_token\":\"hush\"}"), 0, headers)
			.at("/json/access_token")
			.stringValue()).isEqualTo(this.pseudonyms.of("hush"));
		JsonNode bomb = this.bodies.of(gzipped("x ".repeat(1_000_000)), 0, headers);
		assertThat(bomb.path("truncated").booleanValue()).isTrue();
		assertThat(bomb.path("text").stringValue()).hasSizeLessThanOrEqualTo(1001);
		headers.set("Content-Encoding", "br");
		assertThat(this.bodies.of(new byte[] { 1, 2 }, 0, headers))
			.hasToString("{\"bytes\":2,\"omitted\":\"encoding\"}");
	}

	@Test
	void whatIsNoTextIsNotWrittenDown() {
		assertThat(this.bodies.of(new byte[] { 0, 1, -1 }, 0, new HttpHeaders()))
			.hasToString("{\"bytes\":3,\"omitted\":\"binary\"}");
	}

	@Test
	void textsWrittenToHurtDoNot() {
		for (String part : List.of("a", "a.", "a@b.", "\"", "eyJ", "a:b", "%41", "token", "-", "x=", "://", "a+")) {
			String text = part.repeat(5_000);
			assertThat(this.redactor.unparsed(text)).isNotEmpty();
			assertThat(new RedactedQuery(this.redactor).url("/?" + text)).isNotEmpty();
		}
	}

	@Test
	void aForm() {
		HttpHeaders headers = new HttpHeaders();
		headers.set("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8");
		byte[] form = "grant_type=refresh_token&refresh_token=hush&client_id=me&redirect_uri=x"
			.getBytes(StandardCharsets.UTF_8);
		assertThat(this.bodies.of(form, 0, headers).path("form").stringValue())
			.isEqualTo("grant_type=refresh_token&refresh_token=%s&client_id=%s&redirect_uri=x"
				.formatted(this.pseudonyms.of("hush"), this.pseudonyms.of("me")));
	}

	private JsonNode body(String text) {
		return this.bodies.of(text.getBytes(StandardCharsets.UTF_8), 0, new HttpHeaders()).path("json");
	}

	private String truncated(String text) {
		return this.bodies.of(text.getBytes(StandardCharsets.UTF_8), 5, new HttpHeaders()).toString();
	}

	private RedactedBody bodies() {
		return new RedactedBody(this.redactor, new RedactedJson(this.redactor, List.of()), 1000);
	}

	private static String[] fragments(String secret) {
		String[] fragments = new String[secret.length() - 11];
		for (int i = 0; i < fragments.length; i++) {
			fragments[i] = secret.substring(i, i + 12);
		}
		return fragments;
	}

	private static byte[] gzipped(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.toByteArray();
	}

}
