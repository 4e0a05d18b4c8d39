package dev.mcpbridge.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.secret.SealedTexts;
import dev.mcpbridge.store.EmbeddedStore;
import dev.mcpbridge.store.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys, the data directory and what is stored: looked at, and left as they are.
 */
class FileChecksTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@TempDir
	Path directory = Path.of("");

	@Test
	void aKeyFileThatIsNotThereIsMadeAtTheFirstStartUnlessReplicasNeedIt() {
		Path file = this.directory.resolve("none.json");
		assertThat(troubles(new KeysCheck(file, true))).isEmpty();
		assertThat(troubles(new KeysCheck(file, false))).isEqualTo(Map.of("keys.file", Severity.FAILURE));
		assertThat(file).doesNotExist();
	}

	@Test
	void aKeyFileNobodyCanReadIsAFailureThatQuotesNothing() throws IOException {
		Path file = Files.writeString(this.directory.resolve("keys.json"), "{\"keys\":[{\"d\":\"precious\"}]}");
		List<Finding> findings = look(new KeysCheck(file, true));
		assertThat(findings).anyMatch((finding) -> finding.check() == CheckId.KEY_FILE
				&& finding.severity() == Severity.FAILURE && finding.seen().contains("not a JWK set"));
		assertThat(findings.toString()).doesNotContain("precious");
	}

	@Test
	void aKeySetThatOnlySignsIsAWarning() throws Exception {
		Path file = this.directory.resolve("keys.json");
		KeyFile.openOrCreate(file);
		assertThat(troubles(new KeysCheck(file, true))).isEmpty();
		Files.writeString(file, new JWKSet(new RSAKeyGenerator(2048).generate()).toString(false));
		assertThat(troubles(new KeysCheck(file, true))).isEqualTo(Map.of("keys.symmetric", Severity.WARNING));
	}

	@Test
	void aStoreInUseIsInOrderAndADamagedOneIsNot() throws IOException {
		Path file = this.directory.resolve("store.db");
		assertThat(seen()).contains("will be made at the first start");
		assertThat(file).doesNotExist();
		try (EmbeddedStore store = EmbeddedStore.open(file, InstantSource.system())) {
			store.put("grant:a", "b", Duration.ofHours(1)).block(PATIENCE);
			assertThat(seen()).contains("in use by a running gateway");
		}
		byte[] before = Files.readAllBytes(file);
		assertThat(seen()).contains("can be opened");
		assertThat(Files.readAllBytes(file)).as("left as it was").isEqualTo(before);
		Files.writeString(file, "something else ".repeat(1000));
		assertThat(troubles(new StoreFileCheck(this.directory))).isEqualTo(Map.of("store.file", Severity.FAILURE));
	}

	@Test
	void aFileWhereTheDataDirectoryShouldBeIsAFailure() throws IOException {
		Path file = Files.writeString(this.directory.resolve("data"), "");
		assertThat(troubles(new StoreFileCheck(file))).isEqualTo(Map.of("store.directory", Severity.FAILURE));
	}

	@Test
	void grantsOfAMissingKeyAreCounted() {
		KeyRing ours = KeyFile.openOrCreate(this.directory.resolve("one.json")).get();
		KeyRing dropped = KeyFile.openOrCreate(this.directory.resolve("other.json")).get();
		MemoryStore store = new MemoryStore(InstantSource.system(), 10);
		StoredValuesCheck check = new StoredValuesCheck(store, () -> ours);
		assertThat(look(check)).as("an empty store").isEmpty();
		store.put("grant:a", new SealedTexts(() -> ours, "grant", 100).seal("a", "a"), Duration.ofHours(1))
			.block(PATIENCE);
		assertThat(troubles(check)).isEmpty();
		store.put("grant:b", new SealedTexts(() -> dropped, "grant", 100).seal("b", "b"), Duration.ofHours(1))
			.block(PATIENCE);
		assertThat(look(check)).containsExactly(
				Finding.failure(CheckId.STORED_VALUES, "1 of 2 grants are sealed by a key that is missing"));
	}

	@ParameterizedTest
	@CsvSource({ "false, false, false, false, false, false, config.management",
			"true, true, false, false, false, false, config.store",
			"true, false, true, false, false, false, config.insecure-http",
			"true, false, false, true, false, false, config.consent",
			"true, false, false, false, true, false, config.hosts",
			"true, false, false, false, false, true, config.forwarded" })
	void eachDoubtfulPropertyIsOneFinding(boolean management, boolean memory, boolean insecureHttp, boolean unasked,
			boolean anyHost, boolean forwarded, String check) {
		assertThat(troubles(new ConfigurationCheck(
				new ConfigurationCheck.Facts(management, memory, insecureHttp, unasked, anyHost, forwarded))))
			.containsOnlyKeys(check);
	}

	@Test
	void aFindingHoldsNoPasswordAndIsOneLine() {
		Finding finding = Finding.failure(CheckId.START, "redis://user:pass@host\nis \u0007 wrong " + "x".repeat(1000));
		assertThat(finding.seen()).startsWith("redis://***@host is ? wrong xxx").hasSize(600);
	}

	private String seen() {
		return look(new StoreFileCheck(this.directory)).stream()
			.filter((finding) -> finding.check() == CheckId.STORE_FILE && finding.severity() == Severity.OK)
			.map(Finding::seen)
			.findFirst()
			.orElseThrow();
	}

	private static List<Finding> look(Check check) {
		return check.look().collectList().blockOptional(PATIENCE).orElseThrow();
	}

	private static Map<String, Severity> troubles(Check check) {
		Map<String, Severity> troubles = new TreeMap<>();
		look(check).stream()
			.filter((finding) -> finding.severity() != Severity.OK)
			.forEach((finding) -> troubles.put(finding.check().id(), finding.severity()));
		return troubles;
	}

}
