package dev.mcpbridge.doctor;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.mcpbridge.store.EmbeddedStore;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Looks at the data directory and the file of the embedded store. A gateway that runs has
 * the file to itself.
 */
public final class StoreFileCheck implements Check {

	private final Path directory;

	/**
	 * Makes it.
	 * @param directory the data directory
	 */
	public StoreFileCheck(Path directory) {
		this.directory = directory.toAbsolutePath();
	}

	@Override
	public CheckId about() {
		return CheckId.DATA_DIRECTORY;
	}

	@Override
	public Flux<Finding> look() {
		return Flux.defer(this::findings).subscribeOn(Schedulers.boundedElastic());
	}

	private Flux<Finding> findings() {
		if (!isWritable(this.directory)) {
			return Flux.just(Finding.failure(about(), this.directory + " cannot be written"));
		}
		Finding writable = Finding.ok(about(), this.directory
				+ (Files.exists(this.directory) ? " can be written" : " will be made at the first start"));
		return Flux.just(writable, file(this.directory.resolve("store.db")));
	}

	private static Finding file(Path file) {
		return switch (EmbeddedStore.stateOf(file)) {
			case ABSENT -> Finding.ok(CheckId.STORE_FILE, file + " will be made at the first start");
			case FREE -> Finding.ok(CheckId.STORE_FILE, file + " can be opened");
			case IN_USE -> Finding.ok(CheckId.STORE_FILE, file + " is in use by a running gateway");
			case UNUSABLE -> Finding.failure(CheckId.STORE_FILE, file + " is damaged, no store, or cannot be read");
		};
	}

	private static boolean isWritable(Path directory) {
		Path parent = directory.getParent();
		return Files.exists(directory) ? Files.isDirectory(directory) && Files.isWritable(directory)
				: parent != null && isWritable(parent);
	}

}
