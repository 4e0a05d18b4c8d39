package dev.mcpbridge.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What was seen at one place. Printable, bounded, and without what stands before an
 * {@code @} in a URL: much of it comes from elsewhere.
 *
 * @param check what was looked at
 * @param severity how bad it is
 * @param seen what was seen, in one line
 * @param remedy what to do about it; {@code null} if it is as it should be
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(CheckId check, Severity severity, String seen, @Nullable String remedy) {

	private static final int LONGEST = 600;

	public Finding {
		String line = seen.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?").replaceAll("//[^/@\\s]*@", "//***@");
		seen = line.strip().substring(0, Math.min(line.strip().length(), LONGEST));
	}

	/**
	 * Says that something is as it should be.
	 * @param check what was looked at
	 * @param seen what was seen
	 * @return the finding
	 */
	public static Finding ok(CheckId check, String seen) {
		return new Finding(check, Severity.OK, seen, null);
	}

	/**
	 * Says that something was not looked at.
	 * @param check what was not looked at
	 * @param why why not
	 * @return the finding
	 */
	public static Finding skipped(CheckId check, String why) {
		return new Finding(check, Severity.SKIPPED, why, check.remedy());
	}

	/**
	 * Says that something works but will hurt.
	 * @param check what was looked at
	 * @param seen what was seen
	 * @return the finding
	 */
	public static Finding warning(CheckId check, String seen) {
		return new Finding(check, Severity.WARNING, seen, check.remedy());
	}

	/**
	 * Says that something does not work.
	 * @param check what was looked at
	 * @param seen what was seen
	 * @return the finding
	 */
	public static Finding failure(CheckId check, String seen) {
		return new Finding(check, Severity.FAILURE, seen, check.remedy());
	}

	/** Whether what depends on this can be looked at. */
	boolean lets() {
		return this.severity == Severity.OK || this.severity == Severity.WARNING;
	}

}
