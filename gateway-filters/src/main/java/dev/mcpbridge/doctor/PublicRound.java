package dev.mcpbridge.doctor;

import java.net.URI;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import reactor.core.publisher.Flux;

/**
 * Everything at the public URL, as clients and browsers see it through whatever stands in
 * front: first that it is us, then the rest.
 */
public final class PublicRound implements Check {

	private final Gate gate;

	/**
	 * Makes it.
	 * @param settings what should be there
	 * @param keys the public halves of our keys, as thumbprints; empty if we have none
	 * yet
	 * @param requests asks it
	 */
	public PublicRound(PublicSettings settings, Supplier<Set<String>> keys, Requests requests) {
		URI url = settings.resources().publicUrl().value();
		Check calls = new Gate(new ChallengeCheck(settings, requests), new CorsCheck(settings, requests),
				SizeCheck.ofHeaders(settings, requests), SizeCheck.ofRequestLine(settings, requests));
		Stream<Check> rest = Stream.of(calls, new StreamCheck(settings, requests));
		Stream<Check> desk = settings.desk() ? Stream.of(new ReplicaKeysCheck(settings, keys, requests))
				: Stream.empty();
		this.gate = new Gate(new ReachCheck(CheckId.PUBLIC_REACH, url, requests),
				new Gate(new TlsCheck(CheckId.PUBLIC_TLS, url, requests),
						new Gate(new MetadataCheck(settings, requests), Stream.concat(rest, desk).toList())));
	}

	@Override
	public CheckId about() {
		return CheckId.PUBLIC_REACH;
	}

	@Override
	public Flux<Finding> look() {
		return this.gate.look();
	}

}
