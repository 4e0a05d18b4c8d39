package dev.mcpbridge.load;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Figures are medians, and are compared with those of the bare gateway. */
class TableTests {

	@Test
	void aGatewayIsComparedWithTheBareOneOfItsWorkload() {
		List<Row> rows = List.of(row("warm", "bare", 200, 10), row("warm", "app", 150, 12),
				row("large", "app", 1000, 50));
		assertThat(Table.ofRequests(rows)).contains("| warm | bare | 200 |")
			.contains("| warm | app | 150 (0.75) |")
			.contains("| 12.00 (1.20) |")
			.contains("| large | app | 1000 |");
	}

	@Test
	void theMedianIsTakenOfEachFigureAndFailuresAreCounted() {
		Figures median = Figures
			.median(List.of(figures(100, 30, 1), figures(300, 10, 0), figures(200, 20, 2), figures(400, 40, 0)));
		assertThat(median.cpuMicros()).isEqualTo(250);
		assertThat(median.p99Millis()).isEqualTo(25);
		assertThat(median.failed()).isEqualTo(3);
	}

	@Test
	void aFloodTakesWhatItsRequestsCost() {
		FloodRow row = new FloodRow("app", 1000, 750, 500, 200, 100, 0);
		assertThat(row.fall()).isEqualTo(0.25);
		assertThat(row.share()).isEqualTo(0.25);
	}

	private static Row row(String workload, String proxy, double cpuMicros, double p99Millis) {
		Figures figures = figures(cpuMicros, p99Millis, 0);
		return new Row(workload, proxy, figures, List.of(figures));
	}

	private static Figures figures(double cpuMicros, double p99Millis, double failed) {
		return new Figures(cpuMicros, 1000, 40_000, 250, 1, p99Millis, 500, failed);
	}

}
