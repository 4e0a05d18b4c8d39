package dev.mcpbridge.autoconfigure;

import java.nio.file.Path;
import java.util.List;

import dev.mcpbridge.record.RecordSettings;
import dev.mcpbridge.record.RedactionRules;
import dev.mcpbridge.record.Selection;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How traffic is recorded.
 *
 * @param active whether everything is recorded from the start on
 * @param ratio how many of the logins are recorded then, above 0, to 1
 * @param frontDesk whether the endpoints of the authorization server are recorded too
 * @param directory where the files are; empty for traffic in the data directory
 * @param maxBody how much is kept of a body, and of an event of a stream
 * @param maxFile how large a file grows before the next is begun
 * @param maxFiles how many files there are at most
 * @param maxTotal how large all files are at most
 * @param buffer how much may wait to be written, before it is left out
 * @param redactHeaders headers whose values are left out, besides those with credentials
 * @param redactPaths where in JSON bodies values are left out
 * @param redactEmails whether e-mail addresses are left out
 */
@ConfigurationProperties("mcp.bridge.record")
record McpRecordProperties(@DefaultValue("false") boolean active, @DefaultValue("1") double ratio,
		@DefaultValue("false") boolean frontDesk, @Nullable Path directory, @DefaultValue("256KB") DataSize maxBody,
		@DefaultValue("16MB") DataSize maxFile, @DefaultValue("20") int maxFiles,
		@DefaultValue("256MB") DataSize maxTotal, @DefaultValue("8MB") DataSize buffer,
		@DefaultValue List<String> redactHeaders, @DefaultValue List<String> redactPaths,
		@DefaultValue("true") boolean redactEmails) {

	McpRecordProperties {
		try {
			new Selection(Selection.Who.ANYBODY, null, ratio, null);
			settings(Path.of("."), maxBody, buffer, new RecordSettings.Retention(maxFile, maxFiles, maxTotal),
					new RedactionRules(redactHeaders, redactPaths, redactEmails));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("mcp.bridge.record." + ex.getMessage());
		}
	}

	/** What the recorder goes by. */
	RecordSettings settings(Path dataDir) {
		Path chosen = this.directory;
		return settings((chosen != null) ? chosen : dataDir.resolve("traffic"), this.maxBody, this.buffer,
				new RecordSettings.Retention(this.maxFile, this.maxFiles, this.maxTotal),
				new RedactionRules(this.redactHeaders, this.redactPaths, this.redactEmails));
	}

	private static RecordSettings settings(Path directory, DataSize maxBody, DataSize buffer,
			RecordSettings.Retention files, RedactionRules redaction) {
		return new RecordSettings(directory, maxBody, buffer, files, redaction);
	}

}
