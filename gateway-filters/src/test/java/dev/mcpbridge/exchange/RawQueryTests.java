package dev.mcpbridge.exchange;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A query in which one parameter changes.
 */
class RawQueryTests {

	@ParameterizedTest
	@CsvSource({ "id=1, id=<1>", "a=%2F&id=1&b=%c3%A9+x, a=%2F&id=<1>&b=%c3%A9+x", "id=, id=<>", "id, id=<>",
			"id=a=b, id=<a=b>", "i%64=1, i%64=<1>", "id=1&id=2, id=<1>&id=<2>", "xid=1&Id=2, xid=1&Id=2",
			"&&a&&, &&a&&" })
	void onlyTheNamedParameterChanges(String query, String changed) {
		assertThat(new RawQuery(query).with("id", (value) -> "<" + value + ">").text()).isEqualTo(changed);
	}

	@Test
	void everyValueIsFoundAsItIsWritten() {
		assertThat(new RawQuery("id=%41&a=1&i%64=&id").values("id")).containsExactly("%41", "", "");
		assertThat(new RawQuery("").values("id")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "http://host:1/a%2Fb?id=1, http://host:1/a%2Fb?x", "http://host/, http://host/?x",
			"/only/path?y, /only/path?x" })
	void itTakesThePlaceOfAnother(URI url, URI expected) {
		assertThat(new RawQuery("x").on(url)).isEqualTo(expected);
	}

	@Test
	void aUrlWithoutAQueryStaysOne() {
		URI url = URI.create("http://host/path");
		assertThat(RawQuery.of(url).on(url)).isEqualTo(url);
	}

}
