package dev.mcpbridge.boards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboards of the chart are what their sources say, and ask only for what there is.
 */
class BoardDocsTests {

	private static final DocumentedMetrics documented = new DocumentedMetrics();

	static List<Board> boards() {
		return Board.all();
	}

	/** With {@code -Dmcp.docs.write=true} they are written instead. */
	@ParameterizedTest
	@MethodSource("boards")
	void theJsonIsThatOfItsSource(Board board) throws IOException {
		if (Boolean.getBoolean("mcp.docs.write")) {
			Files.writeString(board.rendered(), BoardJson.of(board));
		}
		assertThat(board.rendered()).content().isEqualTo(BoardJson.of(board));
	}

	@Test
	void everyJsonHasASource() throws IOException {
		try (Stream<Path> rendered = Files.list(Board.all().get(0).rendered().getParent())) {
			assertThat(rendered).containsExactlyInAnyOrderElementsOf(boards().stream().map(Board::rendered).toList())
				.hasSizeGreaterThan(3);
		}
	}

	@ParameterizedTest
	@MethodSource("boards")
	void everyQueryAsksForWhatIsDocumented(Board board) {
		assertThat(board.panels()).hasSizeGreaterThan(10)
			.allSatisfy((panel) -> assertThat(panel.queries().values()).as(panel.title())
				.allSatisfy((query) -> assertThat(new PromQl(query).selectors()).isNotEmpty())
				.flatMap((query) -> documented.unknownIn(new PromQl(query)))
				.isEmpty());
	}

	@ParameterizedTest
	@MethodSource("boards")
	void everyNumberIsOfTheGatewaysThatWereChosen(Board board) {
		assertThat(board.panels().stream().flatMap((panel) -> panel.queries().values().stream()))
			.filteredOn((query) -> !query.contains("ALERTS"))
			.allSatisfy((query) -> assertThat(query.split("@", -1)).as(query)
				.hasSize(new PromQl(query).selectors().size() + 1));
	}

	@ParameterizedTest
	@MethodSource("boards")
	void everyPanelSaysWhatItShowsInWholeSentences(Board board) {
		assertThat(board.panels())
			.allSatisfy((panel) -> assertThat(panel.about()).as(panel.title()).hasSizeGreaterThan(40).endsWith("."));
		assertThat(board.panels()).extracting(Panel::title).doesNotHaveDuplicates();
	}

	@Test
	void aQueryForWhatThereIsNotIsNoticed() {
		assertThat(documented.unknownIn(new PromQl("sum by (reason) (rate(mcp_bridge_challenge_total{@}[5m]))")))
			.containsExactly("mcp_bridge_challenge_total");
		assertThat(documented.unknownIn(new PromQl("mcp_bridge_challenges_total{@,reason=~\"missing|gone\"} > 0")))
			.containsExactly("mcp_bridge_challenges_total{reason=\"gone\"}");
		assertThat(documented.unknownIn(new PromQl("mcp_bridge_streams_open{@} and on (job) up{job=\"x\"}"))).isEmpty();
	}

}
