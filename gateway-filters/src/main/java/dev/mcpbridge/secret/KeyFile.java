package dev.mcpbridge.secret;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Supplier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * A key ring kept in a file: a JWK set, read again when it changes.
 * <p>
 * A changed file that cannot be read leaves the ring as it was and is logged, so that a
 * slip of an operator logs nobody out.
 */
public final class KeyFile implements Supplier<KeyRing> {

	private static final Log log = LogFactory.getLog(KeyFile.class);

	private final Path path;

	private volatile String text;

	private volatile KeyRing ring;

	private KeyFile(Path path, String text, KeyRing ring) {
		this.path = path;
		this.text = text;
		this.ring = ring;
	}

	/**
	 * Reads a key file that must be there.
	 * @param path the file, a JWK set with private keys
	 * @return the file and its ring
	 * @throws IllegalArgumentException if it cannot be read or is no usable JWK set
	 */
	public static KeyFile open(Path path) {
		try {
			String text = Files.readString(path);
			return new KeyFile(path, text, KeyRing.parse(text));
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(
					"mcp.bridge.keys: %s (expected: a readable JWK set file; %s)".formatted(path, ex));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("mcp.bridge.keys: %s (%s)".formatted(path, ex.getMessage()));
		}
	}

	/**
	 * Reads a key file, and makes one when there is none: an RSA key that signs and a
	 * symmetric key that seals.
	 * @param path the file, made readable by this user only; its directory is made too
	 * @return the file and its ring
	 * @throws IllegalArgumentException if it can neither be read nor written
	 */
	public static KeyFile openOrCreate(Path path) {
		if (!Files.exists(path)) {
			try {
				create(path);
				log.info("made new keys file=" + path.toAbsolutePath());
			}
			catch (IOException ex) {
				throw new IllegalArgumentException(
						"mcp.bridge.data-dir: %s (expected: a writable directory; %s)".formatted(path.getParent(), ex));
			}
		}
		return open(path);
	}

	/**
	 * Returns the ring as last read.
	 * @return the ring
	 */
	@Override
	public KeyRing get() {
		return this.ring;
	}

	/**
	 * Reads the file again if it changed. Blocks on the disk.
	 */
	public void reload() {
		try {
			String now = Files.readString(this.path);
			if (!now.equals(this.text)) {
				this.ring = KeyRing.parse(now);
				this.text = now;
				log.info("keys changed file=" + this.path + " ring=" + this.ring);
			}
		}
		catch (IOException | RuntimeException ex) {
			log.warn("keys unreadable, keeping the old ones file=" + this.path + " reason=" + ex.getMessage());
		}
	}

	private static void create(Path path) throws IOException {
		Path directory = path.toAbsolutePath().getParent();
		Files.createDirectories(directory);
		Path draft = Files.createTempFile(directory, "keys", ".tmp");
		try {
			Files.writeString(draft, generate().toString(false));
			if (Files.getFileStore(draft).supportsFileAttributeView("posix")) {
				Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
			}
			publish(draft, path);
		}
		finally {
			Files.deleteIfExists(draft);
		}
	}

	/** Another process may have made the file meanwhile: the first one wins. */
	private static void publish(Path draft, Path path) throws IOException {
		try {
			Files.createLink(path, draft);
		}
		catch (FileAlreadyExistsException ex) {
			log.info("keys were made by another process file=" + path);
		}
		catch (UnsupportedOperationException | FileSystemException ex) {
			Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
		}
	}

	private static JWKSet generate() {
		try {
			return new JWKSet(List.of(
					new RSAKeyGenerator(2048).keyUse(KeyUse.SIGNATURE)
						.algorithm(JWSAlgorithm.RS256)
						.keyIDFromThumbprint(true)
						.generate(),
					new OctetSequenceKeyGenerator(256).keyUse(KeyUse.ENCRYPTION).keyIDFromThumbprint(true).generate()));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("cannot generate keys", ex);
		}
	}

}
