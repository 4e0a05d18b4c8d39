package dev.mcpbridge.authorization;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.mcpbridge.secret.KeyRing;
import dev.mcpbridge.store.MemoryStore;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What we seal and hand out comes back unchanged or not at all.
 */
class SealedTextProperties {

	static final KeyRing KEYS = keys();

	static final RegisteredClient CLIENT = new RegisteredClient("A client", List.of("https://app.example.com/cb"), null,
			RegisteredClient.NONE, 1_800_000_000);

	final ClientRegistrations clients = new ClientRegistrations(() -> KEYS, new MemoryStore(InstantSource.system(), 1),
			Duration.ofDays(1));

	final String sealed = this.clients.register(CLIENT);

	@Property(tries = 300)
	void aChangedCharacterEndsIt(@ForAll @IntRange(max = 10_000) int place, @ForAll char other) {
		char[] changed = this.sealed.toCharArray();
		changed[place % changed.length] = other;
		String text = new String(changed);
		assertThat(find(text)).isEqualTo(text.equals(this.sealed) ? Optional.of(CLIENT) : Optional.empty());
	}

	@Property(tries = 100)
	void aPartOfItIsNothing(@ForAll @IntRange(max = 10_000) int length) {
		assertThat(find(this.sealed.substring(0, length % this.sealed.length()))).isEmpty();
	}

	@Property(tries = 300)
	void anyOtherTextIsNothing(@ForAll String text) {
		assertThat(find(text)).isEmpty();
	}

	private static KeyRing keys() {
		try {
			RSAKey signing = new RSAKeyGenerator(2048).keyID("signing").generate();
			OctetSequenceKey sealing = new OctetSequenceKeyGenerator(256).keyID("sealing").generate();
			return KeyRing.of(new JWKSet(List.of(signing, sealing)));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Optional<RegisteredClient> find(String clientId) {
		return this.clients.find(clientId).blockOptional(Duration.ofSeconds(10));
	}

}
