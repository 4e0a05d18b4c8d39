package dev.mcpbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import dev.mcpbridge.secret.KeyFile;

/**
 * Where a gateway keeps what it has, for as long as a test.
 */
public final class DataDirectory {

	private static final String KEYS = "keys.json";

	private DataDirectory() {
	}

	/**
	 * Makes one without, for a gateway with keys of its own.
	 * @return the directory
	 */
	public static Path empty() {
		try {
			return Files.createTempDirectory("mcp-bridge");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Makes one with keys in it, for making keys takes longer than most tests do. All
	 * gateways of a run have the same.
	 * @return the directory
	 */
	public static Path fresh() {
		return furnished(empty());
	}

	/**
	 * Puts such keys into a directory.
	 * @param directory the directory, made if it is not there
	 * @return the directory
	 */
	public static Path furnished(Path directory) {
		try {
			Files.createDirectories(directory);
			Files.copy(Made.KEYS, directory.resolve(KEYS), StandardCopyOption.REPLACE_EXISTING);
			return directory;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Made when the first gateway wants them. */
	private static final class Made {

		static final Path KEYS = make();

		private static Path make() {
			try {
				Path file = Files.createTempDirectory("keys").resolve(DataDirectory.KEYS);
				KeyFile.openOrCreate(file);
				return file;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
