package dev.mcpbridge.policy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import dev.mcpbridge.simulator.AtlassianSimulator;
import dev.mcpbridge.simulator.ReceivedRequest;
import dev.mcpbridge.simulator.mcp.Transports;
import dev.mcpbridge.testing.Browser;
import dev.mcpbridge.testing.TestClient;
import dev.mcpbridge.testing.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attempts to create an issue where only {@code createJiraIssue} is not allowed. None of
 * them reaches the upstream, which here would take several of them.
 */
class PolicyBypassServerTests {

	static final AtlassianSimulator atlassian = AtlassianSimulator.builder()
		.autoApprove(true)
		.transports(Transports.both().withModern())
		.start();

	static final TestGateway gateway = TestGateway.inFrontOf(atlassian.url())
		.property("mcp.bridge.tools.policy", "no-issues")
		.property("mcp.bridge.tools.policies[0].name", "no-issues")
		.property("mcp.bridge.tools.policies[0].mode", "allow")
		.property("mcp.bridge.tools.policies[0].rules[0].effect", "deny")
		.property("mcp.bridge.tools.policies[0].rules[0].tools", "createJiraIssue")
		.start();

	static final TestClient client = TestClient.register(gateway.url());

	static final String token = client.signIn().accessToken();

	static final String session = client.initialize(token).headers().firstValue("mcp-session-id").orElseThrow();

	static final String CALL = call("createJiraIssue");

	@AfterAll
	static void stop() {
		gateway.close();
		atlassian.close();
	}

	@Test
	void theCallItselfIsRefusedAndAnyOtherPasses() {
		refused(post(CALL), 200, -32000);
		assertThat(post(call("getJiraIssue")).body()).contains("\"result\"");
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'getJiraIssue','name':'createJiraIssue'}}",
			"{'jsonrpc':'2.0','id':1,'method':'tools/list','method':'tools/call','params':{'name':'createJiraIssue'}}",
			"{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'getJiraIssue'},'params':{'name':'createJiraIssue'}}",
			"{'jsonrpc':'2.0','id':1,'method':'ping','\\u006dethod':'tools/call','params':{'name':'createJiraIssue'}}",
			"{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'getJiraIssue','arguments':{'a':1,'a':2}}}" })
	void aMemberThatIsThereTwice(String body) {
		refused(post(body.replace('\'', '"')), 400, -32700);
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"{'jsonrpc':'2.0','id':1,'method':'ping','Method':'tools/call','params':{'name':'createJiraIssue'}}",
			"{'jsonrpc':'2.0','id':1,'METHOD':'tools/call','params':{'name':'createJiraIssue'},'result':{}}",
			"{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'getJiraIssue','Name':'createJiraIssue'}}",
			"{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'getJiraIssue'},'param\u017f':{'name':'createJiraIssue'}}",
			"{'jsonrpc':'2.0','id':1,'method':'Tools/Call','params':{'name':'createJiraIssue'}}",
			"{'jsonrpc':'2.0','id':1,'method':' tools/call','params':{'name':'createJiraIssue'}}",
			"{'jsonrpc':'2.0','id':1,'method':'tool\u017f/call','params':{'name':'createJiraIssue'}}",
			"{'jsonrpc':'2.0','method':'tools/call','params':{'name':'createJiraIssue'}}",
			"{'jsonrpc':'2.0','id':null,'method':'tools/call','params':{'name':'createJiraIssue'}}",
			"{'jsonrpc':'2.0','id':[1],'method':'tools/call','params':{'name':'createJiraIssue'}}",
			"{'jsonrpc':'2.0','id':1,'method':'tools/call','params':['createJiraIssue']}",
			"{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':['createJiraIssue']}}",
			"[[{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'createJiraIssue'}}]]", "[]", "1" })
	void whatAnotherReaderMayReadInAnotherWay(String body) {
		refused(post(body.replace('\'', '"')), 400, -32600);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\u0063reateJiraIssue", "create\\u004AiraIssue" })
	void anEscapedNameIsTheNameItStandsFor(String name) {
		refused(post(call(name)), 200, -32000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "CreateJiraIssue", "createjiraissue", "createJiraIssue ", " createJiraIssue",
			"create_jira_issue", "createJiraIssue\\u0000", "create\\u200bJiraIssue", "\u0441reateJiraIssue",
			"createJira\\u0130ssue", "" })
	void aNameThatLooksLikeIt(String name) {
		refused(post(call(name)), 400, -32602);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'name':'createJiraIssue','arguments':{'projectKey':'A'}}", "{'name':'CreateJiraIssue'}",
			"{'name':'create\\u200bJiraIssue'}" })
	void aToolThatIsToldToRunIt(String arguments) {
		refused(post("""
				{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"executeWrite","arguments":%s}}"""
			.formatted(arguments.replace('\'', '"'))), 200, -32000);
	}

	@ParameterizedTest
	@CsvSource({ "tools/call, getJiraIssue", "tools/list, createJiraIssue", "ping, ''" })
	void headersThatSaySomethingElse(String method, String name) {
		refused(post(CALL, "Mcp-Method", method, "Mcp-Name", name.isEmpty() ? "other" : name, "MCP-Protocol-Version",
				"2026-07-28"), 400, -32020);
	}

	@Test
	void headersThatSayTheSameDoNotHelp() {
		refused(post(CALL, "Mcp-Method", "tools/call", "Mcp-Name", "=?base64?"
				+ Base64.getEncoder().encodeToString("createJiraIssue".getBytes(StandardCharsets.UTF_8)) + "?="), 200,
				-32000);
	}

	@Test
	void amongOthersInABatch() {
		HttpResponse<String> answer = post(
				"[%s,%s]".formatted(call("getJiraIssue"), CALL.replace("\"id\":1", "\"id\":2")));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(TestClient.json(answer).valueStream()).hasSize(2).allMatch((message) -> message.has("error"));
		notReceived();
	}

	@Test
	void inPiecesThatEndInsideTheName() throws IOException {
		assertThat(raw(CALL.getBytes(StandardCharsets.UTF_8), "Transfer-Encoding: chunked", CALL.indexOf("JiraIssue")))
			.startsWith("HTTP/1.1 200")
			.contains("-32000");
		notReceived();
	}

	@Test
	void inASecondSession() {
		String other = client.initialize(token).headers().firstValue("mcp-session-id").orElseThrow();
		refused(post(CALL, "Mcp-Session-Id", other), 200, -32000);
	}

	@Test
	void inASessionOfTheOldTransport() {
		try (LegacySession legacy = new LegacySession(gateway.url("/sse"), token)) {
			assertThat(legacy.post(CALL).statusCode()).isEqualTo(202);
			assertThat(legacy.next().path("error").path("code").asInt()).isEqualTo(-32000);
		}
		notReceived();
	}

	@Test
	void withASessionOfTheOldTransportInTheQuery() {
		try (LegacySession legacy = new LegacySession(gateway.url("/sse"), token)) {
			String query = "?" + legacy.endpoint().getRawQuery();
			assertThat(send(gateway.url("/mcp" + query), CALL.getBytes(StandardCharsets.UTF_8)).body())
				.doesNotContain("content");
		}
		notReceived();
	}

	@Test
	void compressed() throws IOException {
		ByteArrayOutputStream zipped = new ByteArrayOutputStream();
		try (OutputStream gzip = new GZIPOutputStream(zipped)) {
			gzip.write(CALL.getBytes(StandardCharsets.UTF_8));
		}
		refused(send(gateway.url("/mcp"), zipped.toByteArray(), "Content-Encoding", "gzip"), 415, -32700);
		refused(send(gateway.url("/mcp"), zipped.toByteArray()), 415, -32700);
	}

	@Test
	void inAnotherEncoding() {
		refused(send(gateway.url("/mcp"), CALL.getBytes(StandardCharsets.UTF_16)), 415, -32700);
		refused(send(gateway.url("/mcp"), CALL.getBytes(StandardCharsets.UTF_16LE)), 415, -32700);
		refused(send(gateway.url("/mcp"), ("\ufeff" + CALL).getBytes(StandardCharsets.UTF_8)), 415, -32700);
		refused(send(gateway.url("/mcp"), "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)), 415, -32700);
		refused(post(CALL, "Content-Type", "application/json; charset=utf-7"), 415, -32700);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "createJiraIssue", "{'a':1}{'b':2}", "{'method':'tools/call',}", "/**/{}" })
	void whatIsNoJson(String body) {
		refused(post(body.replace('\'', '"')), 400, -32700);
	}

	@Test
	void behindAnArgumentOfTenMegabytes() throws IOException {
		String large = """
				{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"arguments":{"a":"%s"},"name":"createJiraIssue"}}"""
			.formatted("x".repeat(10 * 1024 * 1024));
		assertThat(raw(large.getBytes(StandardCharsets.UTF_8), "Content-Length: " + large.length(), -1))
			.startsWith("HTTP/1.1 413");
		assertThat(raw(large.getBytes(StandardCharsets.UTF_8), "Transfer-Encoding: chunked", 1024 * 1024))
			.startsWith("HTTP/1.1 413");
		notReceived();
	}

	private static String call(String tool) {
		return """
				{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","arguments":{"cloudId":"1","issueIdOrKey":"PROJ-1"}}}"""
			.formatted(tool);
	}

	private static void refused(HttpResponse<String> answer, int status, int code) {
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		JsonNode error = TestClient.json(answer).path("error");
		assertThat(error.path("code").asInt()).as(answer.body()).isEqualTo(code);
		notReceived();
	}

	private static void notReceived() {
		List<String> bodies = atlassian.requests().stream().map(ReceivedRequest::body).toList();
		assertThat(bodies).noneMatch((body) -> body.toLowerCase(java.util.Locale.ROOT).contains("jiraissue")
				&& !body.contains("\"getJiraIssue\""));
		assertThat(bodies).noneMatch((body) -> body.contains("executeWrite"));
	}

	private static HttpResponse<String> post(String body, String... headers) {
		return send(gateway.url("/mcp"), body.getBytes(StandardCharsets.UTF_8), headers);
	}

	private static HttpResponse<String> send(URI url, byte[] body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(url)
			.header("Authorization", "Bearer " + token)
			.header("Accept", "application/json, text/event-stream")
			.setHeader("Content-Type", "application/json")
			.setHeader("Mcp-Session-Id", session)
			.POST(BodyPublishers.ofByteArray(body));
		for (int index = 0; index < headers.length; index += 2) {
			request.setHeader(headers[index], headers[index + 1]);
		}
		return new Browser().send(request);
	}

	/** Sends a body as it is said, in chunks that end at a multiple of a place. */
	private static String raw(byte[] body, String framing, int cut) throws IOException {
		try (Socket socket = new Socket("localhost", gateway.url().getPort())) {
			OutputStream out = socket.getOutputStream();
			out.write(("POST /mcp HTTP/1.1\r\nHost: localhost:%d\r\nAuthorization: Bearer %s\r\nMcp-Session-Id: %s\r\n"
					+ "Content-Type: application/json\r\nAccept: application/json\r\nConnection: close\r\n%s\r\n\r\n")
				.formatted(gateway.url().getPort(), token, session, framing)
				.getBytes(StandardCharsets.US_ASCII));
			out.flush();
			write(out, body, cut);
			return read(socket.getInputStream());
		}
	}

	private static void write(OutputStream out, byte[] body, int cut) {
		try {
			for (int begin = 0; cut > 0 && begin < body.length; begin += cut) {
				int length = Math.min(cut, body.length - begin);
				out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
				out.write(body, begin, length);
				out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
				out.flush();
			}
			out.write((cut > 0) ? "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII) : new byte[0]);
			out.flush();
		}
		catch (IOException ex) {
			// it is answered before all of it is read
		}
	}

	private static String read(InputStream in) {
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		try {
			in.transferTo(answer);
		}
		catch (IOException ex) {
			// what came before the connection broke is the answer
		}
		return answer.toString(StandardCharsets.UTF_8);
	}

}
