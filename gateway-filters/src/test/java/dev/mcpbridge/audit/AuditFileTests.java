package dev.mcpbridge.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AuditFileTests {

	final Path directory;

	AuditFileTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void eachEventIsALineOfJsonThatOnlyThisUserReads() throws IOException {
		Path path = this.directory.resolve("logs/audit.jsonl");
		try (AuditFile file = new AuditFile(path, DataSize.ofMegabytes(1), 1)) {
			file.write(List.of(AuditEvents.numbered(1), AuditEvents.numbered(2)));
		}
		assertThat(Files.readAllLines(path)).hasSize(2)
			.allSatisfy((line) -> assertThat(JsonMapper.shared().readTree(line).get("tool").asString())
				.isEqualTo("getJiraIssue"));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
	}

	@Test
	void whatIsThereAlreadyStays() throws IOException {
		Path path = this.directory.resolve("audit.jsonl");
		for (int start = 0; start < 2; start++) {
			try (AuditFile file = new AuditFile(path, DataSize.ofMegabytes(1), 1)) {
				file.write(List.of(AuditEvents.numbered(start)));
			}
		}
		assertThat(Files.readAllLines(path)).hasSize(2);
	}

	@Test
	void aFullFileMakesRoomForANewOneAndTheOldestGoes() throws IOException {
		Path path = this.directory.resolve("audit.jsonl");
		try (AuditFile file = new AuditFile(path, DataSize.ofBytes(1), 2)) {
			for (int number = 1; number <= 5; number++) {
				file.write(List.of(AuditEvents.numbered(number)));
			}
		}
		assertThat(Files.list(this.directory)).extracting((found) -> found.getFileName().toString())
			.containsExactlyInAnyOrder("audit.jsonl", "audit.jsonl.1", "audit.jsonl.2");
		assertThat(IntStream.of(2, 1, 0).mapToObj(this::idIn)).containsExactly("3", "4", "5");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aFullDiskIsAnErrorEachTime() {
		AuditFile file = new AuditFile(Path.of("/dev/full"), DataSize.ofMegabytes(1), 1);
		for (int times = 0; times < 2; times++) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> file.write(List.of(AuditEvents.numbered(1))))
				.withMessageContaining("No space left");
		}
	}

	private String idIn(int number) {
		try {
			Path path = this.directory.resolve((number == 0) ? "audit.jsonl" : "audit.jsonl." + number);
			return JsonMapper.shared().readTree(Files.readString(path)).get("id").asString();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
