package dev.mcpbridge.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.mcpbridge.simulator.SettableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class TrafficFilesTests {

	final SettableClock clock = SettableClock.standingAt(Instant.parse("2026-11-23T03:37:03.217Z"));

	final Path directory;

	TrafficFilesTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void aFileIsItsOwnersOnly() throws IOException {
		TrafficFiles files = files(1000, 5, 10_000);
		files.write(line(10));
		files.close();
		assertThat(names()).containsExactly("mcp-traffic-2026-11-23T03-37-03-217Z.jsonl");
		Path traffic = this.directory.resolve("traffic");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(traffic))).isEqualTo("rwx------");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(traffic.resolve(names().get(0)))))
			.isEqualTo("rw-------");
	}

	@Test
	void noFileGrowsTooLargeAndTheOldestGo() throws IOException {
		TrafficFiles files = files(300, 3, 10_000);
		for (int i = 0; i < 20; i++) {
			files.write(line(100));
		}
		files.close();
		assertThat(names()).hasSize(3);
		for (String name : names()) {
			assertThat(Files.size(this.directory.resolve("traffic").resolve(name))).isLessThanOrEqualTo(300);
		}
	}

	@Test
	void allOfThemTogetherStayWithinTheTotal() throws IOException {
		TrafficFiles files = files(300, 100, 1000);
		for (int i = 0; i < 40; i++) {
			files.write(line(100));
		}
		files.close();
		long total = 0;
		for (String name : names()) {
			total += Files.size(this.directory.resolve("traffic").resolve(name));
		}
		assertThat(total).isBetween(600L, 1000L);
	}

	@Test
	void filesOfOthersAreLeftAlone() throws IOException {
		Path other = Files.createDirectories(this.directory.resolve("traffic")).resolve("notes.txt");
		Files.writeString(other, "x".repeat(5000));
		TrafficFiles files = files(300, 1, 300);
		files.write(line(100));
		files.close();
		assertThat(other).exists();
	}

	@Test
	void aLineLargerThanAFileGetsOneOfItsOwn() throws IOException {
		TrafficFiles files = files(300, 10, 10_000);
		files.write(line(1000));
		files.write(line(100));
		files.close();
		assertThat(names()).hasSize(2);
	}

	@Test
	void whereThereIsNoDirectoryNothingCanBeWritten() throws IOException {
		Files.writeString(this.directory.resolve("traffic"), "a file");
		TrafficFiles files = files(300, 10, 10_000);
		assertThatIOException().isThrownBy(() -> files.write(line(10)));
		Files.delete(this.directory.resolve("traffic"));
		files.write(line(10));
		files.close();
		assertThat(names()).hasSize(1);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aFullDiskIsTold() {
		TrafficFiles files = new TrafficFiles(this.directory, retention(1_000_000, 10, 10_000_000), this.clock,
				(path) -> Files.newOutputStream(Path.of("/dev/full")));
		assertThatIOException().isThrownBy(() -> {
			files.write(line(100));
			files.flush();
		});
	}

	private TrafficFiles files(long maxFile, int maxFiles, long maxTotal) {
		return new TrafficFiles(this.directory.resolve("traffic"), retention(maxFile, maxFiles, maxTotal), this.clock);
	}

	private static RecordSettings.Retention retention(long maxFile, int maxFiles, long maxTotal) {
		return new RecordSettings.Retention(DataSize.ofBytes(maxFile), maxFiles, DataSize.ofBytes(maxTotal));
	}

	private List<String> names() throws IOException {
		try (Stream<Path> all = Files.list(this.directory.resolve("traffic"))) {
			return all.map((path) -> path.getFileName().toString()).sorted().toList();
		}
	}

	private static byte[] line(int length) {
		return ("x".repeat(length - 1) + "\n").getBytes(StandardCharsets.UTF_8);
	}

}
