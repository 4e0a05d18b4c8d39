package dev.mcpbridge.app.probe.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The report as people and programs read it.
 */
class ReportTableTests {

	private final Contract contract = ContractReader.read("atlassian-v1");

	@Test
	void theTableIsReadable() {
		assertThat(ReportTable.of(report())).isEqualTo(
				"""
						https://mcp.atlassian.com as atlassian-v1, 2026-11-23T00:00:00Z

						VERDICT       STEP AND FACTS           EXPECTED                                       SEEN
						as expected   lifetime: reads expires_in, 0.0 s
						                expires_in             3300 s                                         3300 s
						changed       challenge: says hello without a token, 0.3 s
						                status                 401                                            401
						              ! challenge              Bearer realm="OAuth", error="invalid_token"    none
						                trace                  -                                              a text that is much longer than its column is,
						                                                                                      so that it goes on in the next
						                expected by: capture of 2025-08-29, Critical VS Code Compatibility Issues, 1
						skipped       expired-token: waits for the end of the access token, and calls with it, 0.0 s
						                not asked for (--wait or --lifetime)
						failed        revocation: gives the tokens back, 20.0 s
						                the revocation endpoint: TIMEOUT

						1 as expected, 1 changed, 1 skipped, 1 failed, in 21.5 s
						""");
	}

	@Test
	void aReportReadsAsItWasWritten() {
		assertThat(ReportJson.read(ReportJson.write(report()))).isEqualTo(report());
	}

	@Test
	void whatWasNotDoneIsNotCompared() {
		Report later = with(this.contract.judge("expired-token", "", Finding.of("status", "200"), Duration.ZERO),
				this.contract.judge("lifetime", "", Finding.of("expires_in", "60 s"), Duration.ZERO),
				this.contract.judge("revocation", "", Finding.of("answer", "accepted"), Duration.ZERO));
		assertThat(Comparison.of(report(), later).differences())
			.containsExactly("lifetime, expires_in: was 3300 s, is 60 s", "revocation: was failed, is as expected");
		assertThat(Comparison.of(report(), report()).differences()).isEmpty();
	}

	@Test
	void aFewSecondsAreNoDifference() {
		Report later = with(this.contract.judge("lifetime", "", Finding.of("expires_in", "3298 s"), Duration.ZERO));
		assertThat(Comparison.of(report(), later).differences()).isEmpty();
		Report shorter = with(this.contract.judge("lifetime", "", Finding.of("expires_in", "3294 s"), Duration.ZERO));
		assertThat(Comparison.of(report(), shorter).differences()).hasSize(1);
	}

	private Report report() {
		Map<String, String> refusal = new LinkedHashMap<>();
		refusal.put("status", "401");
		refusal.put("challenge", "none");
		refusal.put("trace", "a text that is much longer than its column is, so that it goes on in the next");
		return with(
				this.contract.judge("lifetime", "reads expires_in", Finding.of("expires_in", "3300 s"), Duration.ZERO),
				this.contract.judge("challenge", "says hello without a token", new Finding.Seen(refusal, null),
						Duration.ofMillis(300)),
				this.contract.judge("expired-token", "waits for the end of the access token, and calls with it",
						new Finding.Skipped("not asked for (--wait or --lifetime)"), Duration.ZERO),
				this.contract.judge("revocation", "gives the tokens back",
						new Finding.Failed("the revocation endpoint: TIMEOUT"), Duration.ofSeconds(20)));
	}

	private static Report with(Observation... observations) {
		return new Report(Instant.parse("2026-11-23T00:00:00Z"), "https://mcp.atlassian.com", "atlassian-v1",
				Duration.ofMillis(21_500), List.of(observations));
	}

}
