package dev.mcpbridge.app.replay;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One run of the command in this process.
 *
 * @param status the exit status
 * @param out what went to the standard output
 * @param errors what went to the standard error
 */
public record ReplayRun(int status, String out, String errors) {

	/**
	 * Runs it.
	 * @param files the recording
	 * @param against who is asked
	 * @param token what is presented
	 * @param options more options
	 * @return what came of it
	 */
	public static ReplayRun of(List<Path> files, URI against, String token, String... options) {
		List<String> arguments = new ArrayList<>(files.stream().map(Path::toString).toList());
		arguments.addAll(List.of("--against", against.toString(), "--token-from=env:TOKEN", "--patience=PT10S"));
		arguments.addAll(List.of(options));
		return of(arguments, Map.of("TOKEN", token));
	}

	static ReplayRun of(List<String> arguments, Map<String, String> environment) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream errors = new ByteArrayOutputStream();
		int status = new ReplayCommand(stream(out), stream(errors), environment).run(arguments);
		return new ReplayRun(status, out.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
	}

	/**
	 * Returns the lines that tell a difference.
	 * @return the lines, without their mark
	 */
	public List<String> differences() {
		return this.out.lines()
			.map(String::strip)
			.filter((line) -> line.startsWith("! "))
			.map((line) -> line.substring(2))
			.toList();
	}

	private static PrintStream stream(ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}

}
