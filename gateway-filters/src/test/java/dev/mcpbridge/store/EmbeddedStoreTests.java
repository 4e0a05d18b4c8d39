package dev.mcpbridge.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

import dev.mcpbridge.simulator.SettableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The store in a file does what every store does, and is there again after a crash.
 */
class EmbeddedStoreTests extends BridgeStoreContract {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@TempDir
	static Path directory = Path.of("");

	private @Nullable EmbeddedStore opened;

	@Override
	BridgeStore store(SettableClock clock) {
		EmbeddedStore store = EmbeddedStore.open(file(), clock);
		this.opened = store;
		return store;
	}

	@AfterEach
	void close() {
		Objects.requireNonNull(this.opened).close();
	}

	@Test
	void whatWasConfirmedIsThereAgain() {
		Path file = file();
		try (EmbeddedStore store = EmbeddedStore.open(file, this.clock)) {
			store.replace("a", 0, "one", PATIENCE).block(PATIENCE);
			store.put("b", "two", PATIENCE).block(PATIENCE);
		}
		try (EmbeddedStore store = EmbeddedStore.open(file, this.clock)) {
			assertThat(store.find("a").block(PATIENCE)).isEqualTo(new StoredValue("one", 1));
			assertThat(store.find("b").block(PATIENCE)).isEqualTo(new StoredValue("two", 1));
		}
	}

	@Test
	void whatWasConfirmedIsOnTheDiskBeforeTheStoreIsClosed() throws IOException {
		Path file = file();
		Path crashed = directory.resolve("crashed.db");
		try (EmbeddedStore store = EmbeddedStore.open(file, this.clock)) {
			store.replace("a", 0, "one", PATIENCE).block(PATIENCE);
			Files.copy(file, crashed);
		}
		try (EmbeddedStore store = EmbeddedStore.open(crashed, this.clock)) {
			assertThat(store.find("a").block(PATIENCE)).isEqualTo(new StoredValue("one", 1));
		}
	}

	/** There is one process, so whoever held a lease before is gone. */
	@Test
	void theLeaseOfAProcessThatDiedIsFree() {
		Path file = file();
		try (EmbeddedStore store = EmbeddedStore.open(file, this.clock)) {
			assertThat(store.lease("a", PATIENCE).block(PATIENCE)).isEqualTo(new Lease("a", 1));
		}
		try (EmbeddedStore store = EmbeddedStore.open(file, this.clock)) {
			assertThat(store.lease("a", PATIENCE).block(PATIENCE)).isEqualTo(new Lease("a", 2));
			assertThat(store.lease("a", PATIENCE).blockOptional(PATIENCE)).isEmpty();
		}
	}

	@Test
	void whatEndedIsForgottenWhenPurged() {
		Path file = file();
		try (EmbeddedStore store = EmbeddedStore.open(file, this.clock)) {
			store.put("a", "one", Duration.ofMinutes(1)).block(PATIENCE);
			store.put("b", "two", Duration.ofMinutes(5)).block(PATIENCE);
			elapse(Duration.ofMinutes(2));
			store.purge();
			assertThat(store.size()).isEqualTo(1);
		}
	}

	@Test
	void aWriteThatFailedIsOverWhenTheDiskIsWellAgain() {
		StoreFile file = StoreFile.open(file());
		try (EmbeddedStore store = new EmbeddedStore(file, this.clock)) {
			store.put("a", "one", HOUR).block(PATIENCE);
			file.entries().put("b", "never confirmed");
			Thread.currentThread().interrupt();
			assertThatException().as("a write of an interrupted thread").isThrownBy(file::flush);
			assertThat(Thread.interrupted()).isTrue();
			store.put("c", "three", HOUR).block(PATIENCE);
			assertThat(store.find("a").block(PATIENCE)).isEqualTo(new StoredValue("one", 1));
			assertThat(store.find("c").block(PATIENCE)).isEqualTo(new StoredValue("three", 1));
			assertThat(store.size()).isEqualTo(2);
		}
	}

	@Test
	void aFileInUseIsNamed() {
		Path file = file();
		try (EmbeddedStore store = EmbeddedStore.open(file, this.clock)) {
			assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedStore.open(file, InstantSource.system()))
				.withMessageContaining(file.getFileName().toString())
				.withMessageContaining("in use by another process");
			assertThat(store.size()).isZero();
		}
	}

	@Test
	void aFileThatIsNoStoreIsNamedAndLeftAlone() throws IOException {
		Path file = file();
		Files.writeString(file, "not a store".repeat(2000));
		assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedStore.open(file, InstantSource.system()))
			.withMessageContaining(file.getFileName().toString())
			.withMessageContaining("damaged");
		assertThat(Files.readString(file)).startsWith("not a store");
	}

	private static Path file() {
		return directory.resolve(System.nanoTime() + ".db");
	}

}
