package dev.mcpbridge.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * The file of a store. The library closes it for good at the first write that fails, be
 * it for a disk that is full for a moment; what was flushed is in it, so it is opened
 * again.
 */
final class StoreFile {

	private static final Log log = LogFactory.getLog(StoreFile.class);

	/**
	 * How long space that is free is left alone, in milliseconds: every write is flushed,
	 * so nothing on the disk still needs it. The library's 45 s let the file grow by what
	 * is written meanwhile.
	 */
	private static final int RETENTION = 500;

	private final Path path;

	private volatile Opened opened;

	private StoreFile(Path path, Opened opened) {
		this.path = path;
		this.opened = opened;
	}

	/**
	 * Opens the file, or makes it.
	 * @param path where it is; its directory is made too
	 * @return the file
	 * @throws IllegalArgumentException naming the file if it is another process's, broken
	 * or not writable
	 */
	static StoreFile open(Path path) {
		try {
			Files.createDirectories(path.toAbsolutePath().getParent());
			Opened opened = Opened.at(path);
			if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
				Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
			}
			return new StoreFile(path, opened);
		}
		catch (MVStoreException ex) {
			throw new IllegalArgumentException(
					"mcp.bridge.data-dir: %s %s".formatted(path.toAbsolutePath(), flawOf(ex)), ex);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(
					"mcp.bridge.data-dir: %s (expected: a writable directory; %s)".formatted(path.getParent(), ex), ex);
		}
	}

	/** Opens the file for reading, if it is there, and closes it again. */
	static EmbeddedStore.State stateOf(Path path) {
		if (!Files.exists(path)) {
			return EmbeddedStore.State.ABSENT;
		}
		try (MVStore file = new MVStore.Builder().fileName(path.toString()).readOnly().open()) {
			return file.isClosed() ? EmbeddedStore.State.UNUSABLE : EmbeddedStore.State.FREE;
		}
		catch (MVStoreException ex) {
			return (ex.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) ? EmbeddedStore.State.IN_USE
					: EmbeddedStore.State.UNUSABLE;
		}
	}

	MVMap<String, String> entries() {
		return this.opened.entries();
	}

	MVMap<String, String> leases() {
		return this.opened.leases();
	}

	/**
	 * Opens the file again if a failure closed it; for the thread that writes. What was
	 * not flushed is gone, and was confirmed to nobody.
	 */
	void reopen() {
		if (this.opened.file().isClosed()) {
			this.opened = Opened.at(this.path);
			log.warn("store opened again reason=a write had failed");
		}
	}

	void flush() {
		this.opened.file().commit();
		this.opened.file().sync();
	}

	void close() {
		this.opened.file().close();
	}

	private static String flawOf(MVStoreException failure) {
		log.debug("store cannot be opened", failure);
		return switch (failure.getErrorCode()) {
			case DataUtils.ERROR_FILE_LOCKED ->
				"is in use by another process (expected: one process; mcp.bridge.store=redis is for several)";
			case DataUtils.ERROR_FILE_CORRUPT, DataUtils.ERROR_UNSUPPORTED_FORMAT ->
				"is damaged or no store (expected: a file this gateway wrote; restore it from a backup, or move it away and everybody logs in again)";
			default -> "cannot be opened (expected: a readable and writable file)";
		};
	}

	/**
	 * The file and what is in it.
	 *
	 * @param file the file
	 * @param entries the entries
	 * @param leases the leases
	 */
	private record Opened(MVStore file, MVMap<String, String> entries, MVMap<String, String> leases) {

		static Opened at(Path path) {
			MVStore file = new MVStore.Builder().fileName(path.toString()).autoCommitDisabled().open();
			file.setRetentionTime(RETENTION);
			return new Opened(file, file.openMap("entries"), file.openMap("leases"));
		}

	}

}
