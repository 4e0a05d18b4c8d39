package dev.mcpbridge.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;

/**
 * Keys an operator puts into files, by name: each is one that signs and one that seals,
 * {@code A-signs} and {@code A-seals}.
 */
public final class RotatedKeys {

	private final Map<String, List<JWK>> made = new ConcurrentHashMap<>();

	/**
	 * Writes a key file.
	 * @param file the file
	 * @param names the names of the keys, in order
	 */
	public void write(Path file, String... names) {
		List<JWK> keys = Stream.of(names)
			.flatMap((name) -> this.made.computeIfAbsent(name, RotatedKeys::make).stream())
			.toList();
		try {
			Files.writeString(file, new JWKSet(keys).toString(false));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<JWK> make(String name) {
		return List.of(Keys.ec(name + "-signs", Curve.P_256), Keys.symmetric(name + "-seals"));
	}

}
