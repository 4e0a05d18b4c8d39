package dev.mcpbridge.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process has used, as Linux counts.
 *
 * @param cpu processor time since its start, its own and the kernel's for it, to the
 * hundredth of a second
 * @param resident memory it holds now, in bytes
 */
record Usage(Duration cpu, long resident) {

	/** Hundredths of a second on every Linux that Java runs on. */
	private static final int TICK_MILLIS = 10;

	private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

	/** Reads it. */
	static Usage of(long pid) {
		Path process = Path.of("/proc", Long.toString(pid));
		try {
			String stat = Files.readString(process.resolve("stat"));
			// The name before, in brackets, may contain anything.
			String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
			long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
			Matcher resident = RESIDENT.matcher(Files.readString(process.resolve("status")));
			return new Usage(Duration.ofMillis(ticks * TICK_MILLIS),
					resident.find() ? Long.parseLong(resident.group(1)) * 1024 : 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
