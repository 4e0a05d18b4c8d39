package dev.mcpbridge.doctor;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks at the certificate of an {@code https} URL: for whom it is, until when, and
 * whether the gateway's own client takes it, which may trust more than this Java does.
 */
final class TlsCheck implements Check {

	private static final Duration SOON = Duration.ofDays(14);

	private final CheckId about;

	private final URI url;

	private final Requests requests;

	TlsCheck(CheckId about, URI url, Requests requests) {
		this.about = about;
		this.url = url;
		this.requests = requests;
	}

	@Override
	public CheckId about() {
		return this.about;
	}

	@Override
	public Flux<Finding> look() {
		if (!"https".equals(this.url.getScheme())) {
			return Flux.empty();
		}
		return refusal().flatMapMany((refused) -> shown().map((shown) -> judge(shown, refused))
			.switchIfEmpty(refused ? Mono.just(Finding.failure(this.about, "the TLS handshake fails")) : Mono.empty())
			.flux());
	}

	/** Whether the client refuses the certificate; another failure says nothing here. */
	private Mono<Boolean> refusal() {
		return this.requests.get(this.url.toString())
			.map((heard) -> false)
			.onErrorResume((failure) -> Mono.just(Failures.isTls(failure)));
	}

	private Mono<PeerCertificates.Shown> shown() {
		PeerCertificates peer = new PeerCertificates();
		Requests blind = new Requests(this.requests.client().secure((spec) -> spec.sslContext(context(peer))),
				this.requests.clock());
		return blind.get(this.url.toString())
			.then(Mono.justOrEmpty(peer.shown()))
			.onErrorResume((failure) -> Mono.empty())
			.switchIfEmpty(Mono.fromSupplier(peer::shown));
	}

	private Finding judge(PeerCertificates.Shown shown, boolean refused) {
		Instant now = this.requests.clock().instant();
		Instant end = shown.certificate().getNotAfter().toInstant();
		long days = Duration.between(now, end).toDays();
		if (refused) {
			return Finding.failure(this.about, "%s: %s".formatted(this.url, why(shown, now, end)));
		}
		String seen = "%s, certificate good for %d days".formatted(shown.protocol(), days);
		return end.isBefore(now.plus(SOON)) ? Finding.warning(this.about, seen) : Finding.ok(this.about, seen);
	}

	private static String why(PeerCertificates.Shown shown, Instant now, Instant end) {
		if (end.isBefore(now)) {
			return "the certificate ended at " + end;
		}
		if (shown.certificate().getNotBefore().toInstant().isAfter(now)) {
			return "the certificate begins at " + shown.certificate().getNotBefore().toInstant();
		}
		return shown.trusted() && !shown.named() ? "the certificate is for another host"
				: "the certificate's chain leads to no authority we trust";
	}

	private static SslContext context(PeerCertificates peer) {
		try {
			return SslContextBuilder.forClient().sslProvider(SslProvider.JDK).trustManager(peer).build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
