package dev.mcpbridge.audit;

import dev.mcpbridge.secret.KeyedMark;
import org.jspecify.annotations.Nullable;

/**
 * How a person is called in the audit.
 */
@FunctionalInterface
public interface PersonName {

	/**
	 * Names a person.
	 * @param subject the subject of the token, not empty
	 * @return the name, or {@code null} to name nobody
	 */
	@Nullable String of(String subject);

	/**
	 * Names people by a keyed hash: the same for one person as long as the key is, and
	 * nobody without the key can tell who it is, not even by trying subjects.
	 * @param mark the hash
	 * @return the way to name them
	 */
	static PersonName pseudonym(KeyedMark mark) {
		return mark::of;
	}

}
