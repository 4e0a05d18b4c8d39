package dev.mcpbridge.limit;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class RetryAfterTests {

	/** Time begins in 1970. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			3                             | PT3S
			' 3 '                         | PT3S
			0                             | PT1S
			-1                            | PT1S
			999999999                     | PT24H
			99999999999999999999          | PT1S
			Thu, 01 Jan 1970 00:00:30 GMT | PT30S
			Wed, 31 Dec 1969 23:00:00 GMT | PT1S
			Wed, 01 Jan 2070 00:00:30 GMT | PT24H
			soon                          | PT1S
			''                            | PT1S
			""")
	void whateverTheUpstreamSaysIsBounded(String said, Duration meant) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.RETRY_AFTER, said);
		assertThat(RetryAfter.of(headers, VirtualTimeScheduler.create())).isEqualTo(meant);
	}

}
