package dev.mcpbridge.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.unit.DataSize;

/**
 * Writes each event as a line of JSON to a file only this user can read, and begins a new
 * one when it is full: {@code audit.jsonl} becomes {@code audit.jsonl.1}, that one
 * {@code audit.jsonl.2}, and the oldest is deleted.
 */
public final class AuditFile implements AuditSink {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Path path;

	private final long largest;

	private final int kept;

	private @Nullable FileChannel channel;

	/**
	 * Writes to a file, from the first event on.
	 * @param path the file, whose directory is made too; what is in it stays
	 * @param largest how large it becomes before a new one is begun
	 * @param kept how many full ones are kept
	 */
	public AuditFile(Path path, DataSize largest, int kept) {
		this.path = path.toAbsolutePath();
		this.largest = largest.toBytes();
		this.kept = kept;
	}

	@Override
	public Kind kind() {
		return Kind.FILE;
	}

	@Override
	public void write(List<AuditEvent> events) throws IOException {
		byte[] lines = lines(events);
		FileChannel file = opened();
		if (file.size() > 0 && file.size() + lines.length > this.largest) {
			rotate();
			file = opened();
		}
		append(file, ByteBuffer.wrap(lines));
	}

	/** Half a line would spoil the next one as well. */
	private void append(FileChannel file, ByteBuffer lines) throws IOException {
		long before = file.size();
		try {
			while (lines.hasRemaining()) {
				file.write(lines);
			}
		}
		catch (IOException ex) {
			this.channel = null;
			takeBack(file, before, ex);
			throw ex;
		}
	}

	private static void takeBack(FileChannel file, long size, IOException failure) {
		try (file) {
			file.truncate(size);
		}
		catch (IOException ex) {
			failure.addSuppressed(ex);
		}
	}

	@Override
	public void close() throws IOException {
		FileChannel file = this.channel;
		if (file != null) {
			this.channel = null;
			try (file) {
				file.force(false);
			}
		}
	}

	private FileChannel opened() throws IOException {
		FileChannel file = this.channel;
		if (file == null) {
			Files.createDirectories(this.path.getParent());
			file = FileChannel.open(this.path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
					forThisUser());
			this.channel = file;
		}
		return file;
	}

	private void rotate() throws IOException {
		close();
		if (this.kept == 0) {
			Files.deleteIfExists(this.path);
			return;
		}
		for (int number = this.kept; number > 0; number--) {
			Path from = (number == 1) ? this.path : numbered(number - 1);
			if (Files.exists(from)) {
				Files.move(from, numbered(number), StandardCopyOption.REPLACE_EXISTING);
			}
		}
	}

	private Path numbered(int number) {
		return this.path.resolveSibling(this.path.getFileName() + "." + number);
	}

	private static FileAttribute<?>[] forThisUser() {
		return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
				: new FileAttribute<?>[0];
	}

	private static byte[] lines(List<AuditEvent> events) {
		ByteArrayOutputStream lines = new ByteArrayOutputStream();
		for (AuditEvent event : events) {
			lines.writeBytes(JSON.writeValueAsBytes(event.members()));
			lines.write('\n');
		}
		return lines.toByteArray();
	}

}
