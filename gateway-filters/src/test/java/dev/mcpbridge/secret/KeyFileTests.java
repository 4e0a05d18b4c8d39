package dev.mcpbridge.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.nimbusds.jose.jwk.JWKSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A key file on a real disk.
 */
class KeyFileTests {

	final Path directory;

	KeyFileTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void isMadeForThisUserOnly() throws IOException {
		Path path = this.directory.resolve("data/keys.json");
		KeyFile file = KeyFile.openOrCreate(path);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
		assertThat(file.get().signingKey().size()).isEqualTo(2048);
		assertThat(file.get().sealingKeyId()).isNotEqualTo(file.get().signingKey().getKeyID());
		try (Stream<Path> files = Files.list(path.getParent())) {
			assertThat(files).containsExactly(path);
		}
	}

	@Test
	void isMadeOnce() {
		Path path = this.directory.resolve("keys.json");
		KeyFile first = KeyFile.openOrCreate(path);
		assertThat(KeyFile.openOrCreate(path).get()).hasToString(first.get().toString());
	}

	@Test
	void severalThatMakeItAtOnceEndWithTheSameKeys() throws Exception {
		Path path = this.directory.resolve("keys.json");
		CyclicBarrier together = new CyclicBarrier(4);
		Callable<String> starting = () -> {
			together.await();
			return KeyFile.openOrCreate(path).get().signingKey().getKeyID();
		};
		ExecutorService processes = Executors.newFixedThreadPool(4);
		try {
			List<Future<String>> futures = processes
				.invokeAll(IntStream.range(0, 4).mapToObj((i) -> starting).toList());
			Set<String> keys = futures.stream().map(KeyFileTests::join).collect(Collectors.toSet());
			assertThat(keys).hasSize(1);
		}
		finally {
			processes.shutdownNow();
		}
	}

	@Test
	void aChangeIsSeen() throws IOException {
		Path path = write("keys.json", Keys.ring(Keys.rsa("old")));
		KeyFile file = KeyFile.open(path);
		Files.writeString(path, new JWKSet(List.of(Keys.rsa("new"), Keys.rsa("old"))).toString(false));
		assertThat(file.get().signingKey().getKeyID()).isEqualTo("old");
		file.reload();
		assertThat(file.get().signingKey().getKeyID()).isEqualTo("new");
		assertThat(file.get().publicKeys().getKeyByKeyId("old")).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "garbage", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"RSA\"}]}" })
	void aSlipKeepsTheOldKeysUntilItIsMended(String slip) throws IOException {
		KeyRing ring = Keys.ring(Keys.rsa("old"));
		Path path = write("keys.json", ring);
		KeyFile file = KeyFile.open(path);
		Files.writeString(path, slip);
		file.reload();
		assertThat(file.get().signingKey().getKeyID()).isEqualTo("old");
		Files.delete(path);
		file.reload();
		assertThat(file.get().signingKey().getKeyID()).isEqualTo("old");
		write("keys.json", Keys.ring(Keys.rsa("mended")));
		file.reload();
		assertThat(file.get().signingKey().getKeyID()).isEqualTo("mended");
	}

	@Test
	void aMissingFileIsNamed() {
		Path path = this.directory.resolve("none.json");
		assertThatIllegalArgumentException().isThrownBy(() -> KeyFile.open(path))
			.withMessageContainingAll("mcp.bridge.keys", path.toString(), "expected");
	}

	@Test
	void garbageIsNamedButNotQuoted() throws IOException {
		Path path = Files.writeString(this.directory.resolve("keys.json"), "{\"keys\":\"TOPSECRET\"}");
		assertThatIllegalArgumentException().isThrownBy(() -> KeyFile.openOrCreate(path))
			.withMessageContainingAll("mcp.bridge.keys", path.toString(), "not a JWK set")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("TOPSECRET"));
	}

	@Test
	void aDirectoryThatCannotBeWrittenIsNamed() throws IOException {
		Path occupied = Files.writeString(this.directory.resolve("occupied"), "a file");
		assertThatIllegalArgumentException().isThrownBy(() -> KeyFile.openOrCreate(occupied.resolve("keys.json")))
			.withMessageContainingAll("mcp.bridge.data-dir", occupied.toString(), "expected");
	}

	private Path write(String name, KeyRing ring) throws IOException {
		JWKSet keys = new JWKSet(ring.signingKey());
		return Files.writeString(this.directory.resolve(name), keys.toString(false));
	}

	private static String join(Future<String> future) {
		try {
			return future.get();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
