package dev.mcpbridge.message;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

class MethodProbeTests {

	private final MethodProbe probe = new MethodProbe();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
			"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"|TOOLS_CALL",
			"{\"params\":{\"method\":\"ping\",\"a\":[{\"method\":\"ping\"}]},\"method\":\"tools/list\"}|TOOLS_LIST",
			"{\"\\u006dethod\":\"tools\\/\\u006cist\"}|TOOLS_LIST",
			"{\"method\":\"ping\",\"method\":\"tools/list\"}|PING", "{\"method\":\"my/own\"}|OTHER",
			"{\"method\":\"\"}|OTHER", "{\"method\":7}|OTHER", "{\"method\":{\"method\":\"ping\"}}|OTHER",
			"{\"method\":\"none\"}|OTHER", "{\"method\":\"batch\"}|OTHER", "{\"Method\":\"ping\"}|NONE",
			"{\"id\":1,\"result\":{\"method\":\"ping\"}}|NONE", "|NONE", "[{\"method\":\"ping\"}]|BATCH", "[|BATCH",
			"\"method\"|OTHER", "<html>|OTHER", "{\"method\":ping}|OTHER", "{\"a\":1}{\"method\":\"ping\"}|NONE",
			"{\"meth|NONE" })
	void theOutermostMethodIsSeen(String body, McpMethod method) {
		this.probe.look(bytes(body));
		assertThat(this.probe.method()).isEqualTo(method);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 65_000 })
	void aMethodAfterAMuchLargerMemberIsSeen(int size) {
		this.probe.look(bytes("{\"params\":\"" + "x".repeat(size) + "\",\"method\":\"ping\"}"));
		assertThat(this.probe.method()).isEqualTo(McpMethod.PING);
	}

	@Test
	void itLooksNoFurtherThanItsLimit() {
		String large = "{\"params\":\"" + "x".repeat(70_000) + "\",\"method\":\"ping\"}";
		for (int at = 0; at < large.length(); at += 1000) {
			this.probe.look(bytes(large.substring(at, Math.min(at + 1000, large.length()))));
		}
		assertThat(this.probe.method()).isEqualTo(McpMethod.OTHER);
	}

	@Test
	void aPieceIsLeftAsItIsAndNotKept() {
		ByteBuf memory = PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes("{\"id\":1,\"me".getBytes());
		DataBuffer piece = new NettyDataBufferFactory(PooledByteBufAllocator.DEFAULT).wrap(memory);
		this.probe.look(piece);
		assertThat(piece.readableByteCount()).isEqualTo(11);
		assertThat(memory.refCnt()).isOne();
		assertThat(memory.release()).isTrue();
		this.probe.look(bytes("thod\":\"ping\"}"));
		assertThat(this.probe.method()).isEqualTo(McpMethod.PING);
	}

	@Test
	void whatTheParserStumblesOverDoesNotEndTheRequest() {
		this.probe.look(DefaultDataBufferFactory.sharedInstance.wrap(new byte[] { (byte) 0xef }));
		this.probe.look(bytes("{\"method\":\"ping\"}"));
		assertThat(this.probe.method()).isEqualTo(McpMethod.OTHER);
	}

	@Test
	void afterItsEndItLooksAtNothing() {
		this.probe.look(bytes("{\"method\":"));
		this.probe.close();
		this.probe.look(bytes("\"ping\"}"));
		assertThat(this.probe.method()).isEqualTo(McpMethod.NONE);
	}

	private static DataBuffer bytes(String text) {
		return DefaultDataBufferFactory.sharedInstance
			.wrap(((text != null) ? text : "").getBytes(StandardCharsets.UTF_8));
	}

}
