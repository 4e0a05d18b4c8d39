package dev.mcpbridge.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.secret.KeyRing;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Looks at the key file, as the gateway would read it.
 */
public final class KeysCheck implements Check {

	private static final Set<PosixFilePermission> OTHERS = EnumSet.of(PosixFilePermission.OTHERS_READ,
			PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

	private final Path file;

	private final boolean mayBeMade;

	/**
	 * Makes it.
	 * @param file the file
	 * @param mayBeMade whether the gateway makes it if it is not there: for one process
	 */
	public KeysCheck(Path file, boolean mayBeMade) {
		this.file = file;
		this.mayBeMade = mayBeMade;
	}

	@Override
	public CheckId about() {
		return CheckId.KEY_FILE;
	}

	@Override
	public Flux<Finding> look() {
		return Flux.defer(() -> Flux.fromIterable(findings())).subscribeOn(Schedulers.boundedElastic());
	}

	/**
	 * Returns the public keys in it, for a comparison. Reads the disk.
	 * @return their thumbprints; empty if there is no usable file
	 */
	public Set<String> thumbprints() {
		try {
			return Files.exists(this.file) ? ReplicaKeysCheck.thumbprints(KeyFile.open(this.file).get().publicKeys())
					: Set.of();
		}
		catch (IllegalArgumentException ex) {
			return Set.of();
		}
	}

	private List<Finding> findings() {
		if (!Files.exists(this.file)) {
			return List.of(missing());
		}
		List<Finding> findings = new ArrayList<>();
		try {
			KeyRing ring = KeyFile.open(this.file).get();
			findings.add(Finding.ok(about(), "%s, %s".formatted(this.file, ring)));
			findings.add(ring.hasSymmetricKey() ? Finding.ok(CheckId.SYMMETRIC_KEY, "a symmetric key seals") : Finding
				.warning(CheckId.SYMMETRIC_KEY, "what is stored is sealed by a key made of the signing key"));
		}
		catch (IllegalArgumentException ex) {
			findings.add(Finding.failure(about(), String.valueOf(ex.getMessage())));
		}
		findings.addAll(permissions());
		return findings;
	}

	private Finding missing() {
		return this.mayBeMade ? Finding.ok(about(), "%s will be made at the first start".formatted(this.file))
				: Finding.failure(about(), "%s is not there (replicas need the same one)".formatted(this.file));
	}

	/** Elsewhere than on POSIX systems there are none. */
	private List<Finding> permissions() {
		try {
			Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(this.file);
			return List.of(permissions.stream().noneMatch(OTHERS::contains)
					? Finding.ok(CheckId.KEY_PERMISSIONS, "nobody else reads it")
					: Finding.warning(CheckId.KEY_PERMISSIONS,
							"%s: %s".formatted(this.file, PosixFilePermissions.toString(permissions))));
		}
		catch (IOException | UnsupportedOperationException ex) {
			return List.of();
		}
	}

}
