package dev.mcpbridge.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/doctor.md} names everything the doctor looks at, with its remedy.
 */
class DoctorDocsTests {

	private static final Pattern ROW = Pattern
		.compile("(?m)^\\| `([a-z]+\\.[a-z-]+)` \\| [^|]+ \\| [^|]+ \\| ([^|]+) \\|$");

	@Test
	void theTableIsWhatTheDoctorSays() throws IOException {
		Map<String, String> documented = new LinkedHashMap<>();
		ROW.matcher(Files.readString(Path.of("docs/doctor.md")))
			.results()
			.forEach((row) -> documented.put(row.group(1), row.group(2)));
		Map<String, String> said = Arrays.stream(CheckId.values())
			.collect(Collectors.toMap(CheckId::id, CheckId::remedy, (one, other) -> one, LinkedHashMap::new));
		assertThat(documented).containsExactlyEntriesOf(said).hasSizeGreaterThan(30);
	}

}
