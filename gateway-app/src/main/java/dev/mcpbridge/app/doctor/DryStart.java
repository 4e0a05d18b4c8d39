package dev.mcpbridge.app.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.store.BridgeStore;
import dev.mcpbridge.store.MemoryStore;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The gateway as it would be, with nothing of it running: all is made and checked as at a
 * start, but no port is opened, no file is made or locked, and nothing is renewed.
 */
final class DryStart {

	private final Class<?> gateway;

	private @Nullable ConfigurableApplicationContext context;

	/**
	 * Begins.
	 * @param gateway the class that is started to serve
	 */
	DryStart(Class<?> gateway) {
		this.gateway = gateway;
	}

	/**
	 * Makes it.
	 * @param properties the command line, {@code --name=value}
	 * @throws FailedException saying what would stop the start
	 */
	ConfigurableApplicationContext run(List<String> properties) {
		SpringApplication application = new SpringApplication(this.gateway);
		application.setBannerMode(Banner.Mode.OFF);
		application.setLogStartupInfo(false);
		application.setRegisterShutdownHook(false);
		application.addInitializers(this::standIn);
		try {
			return application.run(properties.toArray(String[]::new));
		}
		catch (RuntimeException ex) {
			throw new FailedException(new StartFailure(this.context).inWords(ex));
		}
	}

	private void standIn(ConfigurableApplicationContext context) {
		this.context = context;
		GenericApplicationContext beans = (GenericApplicationContext) context;
		beans.registerBean(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME, LifecycleProcessor.class,
				NothingStarts::new);
		beans.registerBean(KeyFile.class, DryStart::keys);
		if (!"redis".equalsIgnoreCase(context.getEnvironment().getProperty("mcp.bridge.store"))) {
			beans.registerBean(BridgeStore.class, () -> new MemoryStore(InstantSource.system(), 1));
		}
	}

	/** What is in the real file, or whether there is one, the doctor sees for itself. */
	private static KeyFile keys() {
		try {
			Path directory = Files.createTempDirectory("doctor");
			Path file = directory.resolve("keys.json");
			KeyFile keys = KeyFile.openOrCreate(file);
			Files.delete(file);
			Files.delete(directory);
			return keys;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What would stop the start. */
	static final class FailedException extends RuntimeException {

		FailedException(String words) {
			super(words);
		}

		@Override
		public String getMessage() {
			return Objects.requireNonNull(super.getMessage());
		}

	}

	/** Keeps everything that could be started from being so. */
	private static final class NothingStarts implements LifecycleProcessor {

		@Override
		public void onRefresh() {
			// nothing is started
		}

		@Override
		public void onClose() {
			// nothing was started
		}

		@Override
		public void start() {
			// nothing is started
		}

		@Override
		public void stop() {
			// nothing was started
		}

		@Override
		public boolean isRunning() {
			return false;
		}

	}

}
