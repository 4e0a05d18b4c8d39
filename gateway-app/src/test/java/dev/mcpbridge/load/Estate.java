package dev.mcpbridge.load;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import dev.mcpbridge.bridge.BridgeTokenIssuer;
import dev.mcpbridge.bridge.TokenRules;
import dev.mcpbridge.grant.Grant;
import dev.mcpbridge.grant.GrantListener;
import dev.mcpbridge.grant.Grants;
import dev.mcpbridge.secret.KeyFile;
import dev.mcpbridge.secret.RandomTexts;
import dev.mcpbridge.secret.Secret;
import dev.mcpbridge.store.EmbeddedStore;
import dev.mcpbridge.upstream.TokenEndpointAuth;
import dev.mcpbridge.upstream.UpstreamClient;
import dev.mcpbridge.upstream.UpstreamTokens;
import reactor.core.publisher.Flux;

/**
 * What people left behind who logged in: keys, a store with their grants, and a bridge
 * token of each. Made by the library itself, so it is what a gateway makes.
 */
final class Estate {

	/** What the gateways are known by, wherever they listen. */
	static final String PUBLIC_URL = "http://localhost:8080";

	private static final Duration LIFETIME = Duration.ofDays(30);

	private static final Duration KEPT = Duration.ofDays(20);

	private static final int AT_ONCE = 2000;

	private static final List<String> FILES = List.of("keys.json", "store.db");

	private final Path directory;

	private final int withTokens;

	private Estate(Path directory, int withTokens) {
		this.directory = directory;
		this.withTokens = withTokens;
	}

	/**
	 * Finds the estate of a former run, or makes one, which takes about a second for
	 * every thousand people.
	 * @param directory where estates are kept
	 * @param people how many people logged in
	 * @param upstream where their tokens are refreshed
	 * @param tokenLife how long their upstream tokens live
	 */
	static Estate of(Path directory, int people, URI upstream, Duration tokenLife) {
		return of(directory, people, people, upstream, tokenLife);
	}

	/**
	 * Finds or makes an estate where not everybody has a token.
	 * @param directory where estates are kept
	 * @param people how many people logged in
	 * @param withTokens how many of them, the first ones, have a bridge token
	 * @param upstream where their tokens are refreshed
	 * @param tokenLife how long their upstream tokens live
	 */
	static Estate of(Path directory, int people, int withTokens, URI upstream, Duration tokenLife) {
		Path own = directory.resolve("estate-%d-%d-%d".formatted(people, withTokens, tokenLife.toSeconds()));
		Estate estate = new Estate(own, withTokens);
		try {
			// Short-lived tokens begin to live now, and are refreshed at this upstream.
			if (tokenLife.compareTo(KEPT) < 0 || !estate.isThere()) {
				estate.make(people, upstream, tokenLife);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return estate;
	}

	/** Where the bridge tokens are, one a line. */
	Path tokens() {
		return this.directory.resolve("tokens");
	}

	/** Returns the first bridge token. */
	String token() {
		try (var lines = Files.lines(tokens())) {
			return lines.findFirst().orElseThrow();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns how large the file of the store is, in bytes. */
	long storeSize() {
		try {
			return Files.size(this.directory.resolve("store.db"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Gives a gateway a copy of its own. */
	Path copyTo(Path target) {
		try {
			Files.createDirectories(target);
			for (String file : FILES) {
				Files.copy(this.directory.resolve(file), target.resolve(file), StandardCopyOption.REPLACE_EXISTING);
			}
			return target;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean isThere() throws IOException {
		return Files.exists(tokens())
				&& Files.getLastModifiedTime(tokens()).toInstant().plus(KEPT).isAfter(Instant.now());
	}

	private void make(int people, URI upstream, Duration tokenLife) throws IOException {
		Files.createDirectories(this.directory);
		Files.deleteIfExists(this.directory.resolve("store.db"));
		Path draft = this.directory.resolve("tokens.tmp");
		InstantSource clock = InstantSource.system();
		KeyFile keys = KeyFile.openOrCreate(this.directory.resolve("keys.json"));
		BridgeTokenIssuer issuer = new BridgeTokenIssuer(keys,
				new TokenRules(PUBLIC_URL, LIFETIME, TokenRules.Wrap.SEALED), new RandomTexts(new SecureRandom()),
				clock);
		Instant now = clock.instant();
		try (EmbeddedStore store = EmbeddedStore.open(this.directory.resolve("store.db"), clock)) {
			Grants kept = new Grants(store, keys, LIFETIME, GrantListener.NONE, InstantSource.system(), Duration.ZERO);
			Flux.range(0, people)
				.map((number) -> grant(number, upstream, now, lifeOf(number, people, tokenLife)))
				.flatMap(kept::create, AT_ONCE)
				.blockLast();
		}
		try (BufferedWriter tokens = Files.newBufferedWriter(draft)) {
			List<String> minted = IntStream.range(0, Math.min(people, this.withTokens))
				.parallel()
				.mapToObj((number) -> mint(issuer, grant(number, upstream, now, lifeOf(number, people, tokenLife))))
				.toList();
			for (String token : minted) {
				tokens.write(token + '\n');
			}
		}
		Files.move(draft, tokens(), StandardCopyOption.ATOMIC_MOVE);
	}

	/**
	 * People did not log in all at once: where tokens end soon, they do so one by one.
	 */
	private static Duration lifeOf(int number, int people, Duration tokenLife) {
		return (tokenLife.compareTo(KEPT) < 0)
				? tokenLife.dividedBy(3).plus(tokenLife.multipliedBy(number).dividedBy(people)) : tokenLife;
	}

	private static String mint(BridgeTokenIssuer issuer, Grant grant) {
		UpstreamTokens tokens = grant.tokens();
		if (tokens == null) {
			throw new IllegalStateException("grant: ended (expected: one with tokens)");
		}
		return issuer.mint(grant, tokens).jwt().reveal();
	}

	/** What the person of a number allowed. */
	static Grant grant(int number, URI upstream, Instant now, Duration tokenLife) {
		String name = "%08d".formatted(number);
		UpstreamTokens tokens = new UpstreamTokens(Secret.of(name + "a".repeat(66)), Secret.of(name + "r".repeat(66)),
				now, now.plus(tokenLife), Set.of(), "bearer");
		UpstreamClient client = new UpstreamClient("client" + name, null, TokenEndpointAuth.NONE, upstream.toString(),
				upstream.resolve("/token"), null, now, null);
		return new Grant("grant" + name + "0123456789", "subject" + name + "0123456789",
				"https://client.example/" + name, "", PUBLIC_URL + "/mcp", now, client, tokens, null, 1);
	}

}
