package dev.mcpbridge.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

class EndpointRewriterTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r", "\r\n" })
	void onlyTheDataOfTheEndpointEventChanges(String end) {
		String stream = "event: endpoint|id: 1|: note|data:/v1|retry: 5||event: message|data: /v1||".replace("|", end);
		assertThat(rewrite(stream)).isEqualTo(stream.replaceFirst("data:/v1", "data: /v1!"));
	}

	@Test
	void theNameMayFollowTheData() {
		assertThat(rewrite("data: /v1\nevent:endpoint\n\n")).isEqualTo("data: /v1!\nevent:endpoint\n\n");
	}

	@Test
	void theLastNameCounts() {
		assertThat(rewrite("event: x\nevent: endpoint\ndata: /v1\n\n"))
			.isEqualTo("event: x\nevent: endpoint\ndata: /v1!\n\n");
		assertThat(rewrite("event: endpoint\nevent: x\ndata: /v1\n\n"))
			.isEqualTo("event: endpoint\nevent: x\ndata: /v1\n\n");
	}

	@Test
	void commentsAndEmptyEventsBeforeItDoNotCount() {
		assertThat(rewrite(": hi\n\nretry: 5\n\nevent: endpoint\n\nevent: endpoint\ndata: /v1\n\n"))
			.isEqualTo(": hi\n\nretry: 5\n\nevent: endpoint\n\nevent: endpoint\ndata: /v1!\n\n");
	}

	@Test
	void aByteOrderMarkDoesNotHideIt() {
		assertThat(rewrite("\ufeffevent: endpoint\ndata: /v1\n\n")).isEqualTo("event: endpoint\ndata: /v1!\n\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "event: message\ndata: /v1\n\nevent: endpoint\ndata: /v1\n\n",
			"data: {\"a\":\"\u00e9\"}\n\nevent: endpoint\ndata: /v1\n\n", "id: 1\ndata: [1]\nevent: endpoint\n\n",
			"event: endpoints\ndata: /v1\n\n", "data: /v1\n\n", "", "\n\n", ": only a comment", "data: /v1",
			"event: x" })
	void everythingElsePassesUntouched(String stream) {
		assertThat(rewrite(stream)).isEqualTo(stream);
	}

	/** Clients join lines of data, and browsers drop line ends from a URL. */
	@Test
	void dataAfterOtherDataIsNoProofThatItIsNoEndpoint() {
		StepVerifier.create(EndpointRewriter.over(
				Flux.just(Texts.buffer("event: endpoint\ndata: https://evil.example/\ndata: {}\n\n")), Texts.BUFFERS,
				(value) -> value))
			.expectError(EndpointException.class)
			.verify(PATIENCE);
		assertThat(rewrite("data: 1\ndata: {}\n\n")).isEqualTo("data: 1\ndata: {}\n\n");
	}

	@Test
	void anEndpointEventThatNeverEndsIsNone() {
		assertThat(rewrite(": hi\nevent: endpoint\ndata: https://evil.example/")).isEqualTo(": hi\n");
	}

	@Test
	void commentsAreNotHeldBack() {
		StepVerifier
			.create(EndpointRewriter.over(Flux.just(Texts.buffer(": a\n"), Texts.buffer("\n")).concatWith(Flux.never()),
					Texts.BUFFERS, (value) -> value))
			.assertNext((buffer) -> assertThat(Texts.text(buffer)).isEqualTo(": a\n"))
			.assertNext((buffer) -> assertThat(Texts.text(buffer)).isEqualTo("\n"))
			.thenCancel()
			.verify(PATIENCE);
	}

	@Test
	void aLongMessagePassesAndALongEndpointDoesNot() {
		String message = "event: message\ndata: {\"text\":\"" + "x".repeat(200_000) + "\"}\n\n";
		assertThat(rewrite(message)).isEqualTo(message);
		refused("event: endpoint\ndata: /" + "x".repeat(EndpointRewriter.BOUND) + "\n\n");
		refused("id: " + "x".repeat(EndpointRewriter.BOUND) + "\nevent: endpoint\ndata: //evil.example/\n\n");
	}

	@Test
	void twoLinesOfDataAreNoEndpoint() {
		refused("event: endpoint\ndata: /\ndata: /evil.example\n\n");
	}

	@Test
	void afterTheFirstEventBuffersAreTheSameObjects() {
		DataBuffer second = Texts.buffer("data: 2\n\n");
		StepVerifier
			.create(EndpointRewriter.over(Flux.just(Texts.buffer("data: 1\n\n"), second), Texts.BUFFERS, (v) -> v))
			.expectNextCount(1)
			.assertNext((buffer) -> assertThat(buffer).isSameAs(second))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void whatIsReplacedOrRefusedIsReleased() {
		NettyDataBufferFactory netty = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);
		List<ByteBuf> natives = new ArrayList<>();
		for (String event : List.of("event: endpoint\ndata: /v1\n\n", "event: endpoint\ndata: no\n\n", "event: endp")) {
			ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.buffer();
			buffer.writeCharSequence(event, StandardCharsets.US_ASCII);
			natives.add(buffer);
			StepVerifier.create(EndpointRewriter.over(Flux.just(netty.wrap(buffer)), Texts.BUFFERS, (value) -> {
				if (value.equals("no")) {
					throw new EndpointException("no");
				}
				return value;
			}).onErrorComplete().then()).expectComplete().verify(PATIENCE);
		}
		assertThat(natives).allMatch((buffer) -> buffer.refCnt() == 0);
	}

	private static String rewrite(String stream) {
		List<DataBuffer> out = new ArrayList<>();
		StepVerifier
			.create(EndpointRewriter.over(Flux.just(Texts.buffer(stream)), Texts.BUFFERS, (value) -> value + "!"))
			.recordWith(() -> out)
			.thenConsumeWhile((buffer) -> true)
			.expectComplete()
			.verify(PATIENCE);
		return Texts.text(out);
	}

	private static void refused(String stream) {
		StepVerifier.create(EndpointRewriter.over(Flux.just(Texts.buffer(stream)), Texts.BUFFERS, (value) -> value))
			.expectError(EndpointException.class)
			.verify(PATIENCE);
	}

}
