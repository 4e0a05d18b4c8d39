package dev.mcpbridge.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The nginx of this machine in front of one port, with its own defaults but for what is
 * given.
 */
final class Nginx implements AutoCloseable {

	private final Process process;

	private final int port;

	private Nginx(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/** Finds it; Debian keeps it where only root looks. */
	static Optional<Path> find() {
		String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + ":/usr/sbin:/usr/local/sbin";
		return Stream.of(path.split(":"))
			.map((directory) -> Path.of(directory, "nginx"))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/**
	 * Starts it.
	 * @param backend the port behind it
	 * @param readTimeout its {@code proxy_read_timeout}, or {@code null} for its default
	 */
	static Nginx start(int backend, @Nullable String readTimeout) {
		try {
			Path directory = Files.createTempDirectory("nginx");
			int port = freePort();
			Path configuration = directory.resolve("nginx.conf");
			Files.writeString(configuration, configuration(directory, port, backend, readTimeout));
			Process process = new ProcessBuilder(find().orElseThrow().toString(), "-p", directory.toString(), "-c",
					configuration.toString(), "-e", directory.resolve("error.log").toString())
				.inheritIO()
				.start();
			Nginx nginx = new Nginx(process, port);
			await().until(nginx::isListening);
			return nginx;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			assertThat(this.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private boolean isListening() throws IOException {
		assertThat(this.process.isAlive()).isTrue();
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			return socket.isConnected();
		}
		catch (ConnectException ex) {
			return false;
		}
	}

	private static String configuration(Path directory, int port, int backend, @Nullable String readTimeout) {
		String timeout = (readTimeout != null) ? "proxy_read_timeout %s;".formatted(readTimeout) : "";
		return """
				daemon off;
				master_process off;
				pid %1$s/nginx.pid;
				events { }
				http {
					access_log off;
					client_body_temp_path %1$s/body;
					proxy_temp_path %1$s/proxy;
					fastcgi_temp_path %1$s/fastcgi;
					uwsgi_temp_path %1$s/uwsgi;
					scgi_temp_path %1$s/scgi;
					server {
						listen 127.0.0.1:%2$d;
						location / {
							proxy_pass http://127.0.0.1:%3$d;
							%4$s
						}
					}
				}
				""".formatted(directory, port, backend, timeout);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
