package dev.mcpbridge.record;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The files of recordings, readable by their owner only. Before one grows too large the
 * next is begun, and the oldest go when there are too many or they are too large.
 * <p>
 * For one thread.
 */
final class TrafficFiles {

	static final String PREFIX = "mcp-traffic-";

	static final String SUFFIX = ".jsonl";

	/** Of what a recording looks like; it changes when a reader would misread it. */
	private static final int VERSION = 1;

	private static final int BUFFER = 64 * 1024;

	private final Path directory;

	private final RecordSettings.Retention limits;

	private final InstantSource clock;

	private final Opener opener;

	private @Nullable OutputStream open;

	private long size;

	TrafficFiles(Path directory, RecordSettings.Retention limits, InstantSource clock) {
		this(directory, limits, clock, TrafficFiles::create);
	}

	TrafficFiles(Path directory, RecordSettings.Retention limits, InstantSource clock, Opener opener) {
		this.directory = directory;
		this.limits = limits;
		this.clock = clock;
		this.opener = opener;
	}

	/**
	 * Writes a line.
	 * @param line the line, with its end
	 * @throws IOException if it cannot be written; the next one is tried in a new file
	 */
	void write(byte[] line) throws IOException {
		try {
			OutputStream file = this.open;
			if (file == null || this.size > 0 && this.size + line.length > this.limits.maxFile().toBytes()) {
				close();
				file = begin();
			}
			file.write(line);
			this.size += line.length;
		}
		catch (IOException ex) {
			abandon();
			throw ex;
		}
	}

	/**
	 * Brings to the disk what was written.
	 * @throws IOException if it cannot be
	 */
	void flush() throws IOException {
		try {
			if (this.open != null) {
				this.open.flush();
			}
		}
		catch (IOException ex) {
			abandon();
			throw ex;
		}
	}

	/**
	 * Ends the file there is, if any.
	 * @throws IOException if its end cannot be written
	 */
	void close() throws IOException {
		OutputStream file = this.open;
		this.open = null;
		if (file != null) {
			file.close();
		}
	}

	private OutputStream begin() throws IOException {
		Files.createDirectories(this.directory, access("rwx------"));
		retain();
		Path path = path();
		OutputStream file = new BufferedOutputStream(this.opener.open(path), BUFFER);
		this.open = file;
		byte[] heading = "{\"type\":\"recording\",\"v\":%d,\"time\":\"%s\"}\n".formatted(VERSION, this.clock.instant())
			.getBytes(StandardCharsets.UTF_8);
		file.write(heading);
		this.size = heading.length;
		return file;
	}

	/** By the time it began, as its forerunners were. */
	private Path path() {
		String time = this.clock.instant().truncatedTo(ChronoUnit.MILLIS).toString().replaceAll("[:.]", "-");
		Path path = this.directory.resolve(PREFIX + time + SUFFIX);
		for (int number = 1; Files.exists(path); number++) {
			path = this.directory.resolve(PREFIX + time + "-" + number + SUFFIX);
		}
		return path;
	}

	private void retain() throws IOException {
		List<Path> files = new ArrayList<>();
		try (Stream<Path> all = Files.list(this.directory)) {
			all.filter((path) -> path.getFileName().toString().startsWith(PREFIX)
					&& path.getFileName().toString().endsWith(SUFFIX))
				.sorted(Comparator.comparing(TrafficFiles::age).thenComparing(Comparator.naturalOrder()))
				.forEach(files::add);
		}
		long total = files.stream().mapToLong(TrafficFiles::sizeOf).sum();
		long room = this.limits.maxTotal().toBytes() - this.limits.maxFile().toBytes();
		while (!files.isEmpty() && (files.size() >= this.limits.maxFiles() || total > room)) {
			Path oldest = files.remove(0);
			total -= sizeOf(oldest);
			Files.deleteIfExists(oldest);
		}
	}

	private static long age(Path path) {
		try {
			return Files.getLastModifiedTime(path).toMillis();
		}
		catch (IOException ex) {
			return 0;
		}
	}

	private static long sizeOf(Path path) {
		try {
			return Files.size(path);
		}
		catch (IOException ex) {
			return 0;
		}
	}

	/** Half a line at the end of a file would spoil it for whoever reads it. */
	private void abandon() {
		OutputStream file = this.open;
		this.open = null;
		if (file != null) {
			try {
				file.close();
			}
			catch (IOException ex) {
				// it cannot be written: that is why it is left
			}
		}
	}

	private static OutputStream create(Path path) throws IOException {
		Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		return Channels.newOutputStream(Files.newByteChannel(path, options, access("rw-------")));
	}

	private static FileAttribute<?>[] access(String permissions) {
		return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
				: new FileAttribute<?>[0];
	}

	/** Opens a file that is not there yet. */
	@FunctionalInterface
	interface Opener {

		OutputStream open(Path path) throws IOException;

	}

}
