package dev.mcpbridge.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What stands behind the gateways: an nginx with answers it need not think about, many
 * times as fast as they are.
 */
final class Upstream implements AutoCloseable {

	private static final int LARGE = 0x100000;

	private final Process process;

	private final URI url;

	private final Path refreshes;

	private Upstream(Process process, URI url, Path refreshes) {
		this.process = process;
		this.url = url;
		this.refreshes = refreshes;
	}

	/** Starts it. */
	static Upstream start(Path directory) {
		try {
			Files.createDirectories(directory);
			Path refreshes = directory.resolve("refreshes");
			Files.deleteIfExists(refreshes);
			int port = Programs.freePort();
			Files.writeString(directory.resolve("json"), Answers.json(1500));
			Files.writeString(directory.resolve("events"), Answers.event(1500));
			Files.writeString(directory.resolve("large"), Answers.json(LARGE));
			Path configuration = directory.resolve("nginx.conf");
			Files.writeString(configuration, configuration(directory, port));
			List<String> command = List.of(Programs.require("nginx", "nginx-light"), "-p", directory.toString(), "-c",
					configuration.toString(), "-e", directory.resolve("error.log").toString());
			Process process = Programs.start(new ProcessBuilder(command).inheritIO());
			URI url = URI.create("http://127.0.0.1:" + port);
			Answering.await(process, url.resolve("/v1/mcp"), "");
			return new Upstream(process, url, refreshes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	URI url() {
		return this.url;
	}

	/** Counts the refreshes it has answered. */
	long refreshes() {
		try (Stream<String> lines = Files.lines(this.refreshes)) {
			return lines.count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
	}

	/**
	 * The SSI filter finds nothing to fill in; with it an answer has no length, as a
	 * stream has none.
	 */
	private static String configuration(Path directory, int port) {
		return """
				daemon off;
				master_process off;
				worker_rlimit_nofile 20000;
				pid %1$s/nginx.pid;
				events { worker_connections 16000; }
				http {
					access_log off;
					sendfile on;
					tcp_nopush on;
					keepalive_requests 1000000000;
					keepalive_timeout 1h;
					open_file_cache max=10;
					client_max_body_size 20m;
					client_body_temp_path %1$s/body;
					proxy_temp_path %1$s/proxy;
					fastcgi_temp_path %1$s/fastcgi;
					uwsgi_temp_path %1$s/uwsgi;
					scgi_temp_path %1$s/scgi;
					map $arg_answer $answer {
						default /json;
						events /events;
						large /large;
					}
					server {
						listen 127.0.0.1:%2$d backlog=4096;
						root %1$s;
						error_page 405 =200 $uri;
						location = /v1/mcp { rewrite ^ $answer last; }
						location = /json { default_type application/json; }
						location = /large { default_type application/json; }
						location = /events { default_type text/event-stream; ssi on; ssi_types text/event-stream; }
						location = /token {
							access_log %1$s/refreshes;
							default_type application/json;
							return 200 '%3$s';
						}
					}
				}
				""".formatted(directory, port, Answers.TOKENS);
	}

}
