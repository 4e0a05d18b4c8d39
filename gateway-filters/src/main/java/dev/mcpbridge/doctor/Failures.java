package dev.mcpbridge.doctor;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

import io.netty.handler.timeout.ReadTimeoutException;

/**
 * Failures in words: what an exception says itself may quote what was sent.
 */
final class Failures {

	private Failures() {
	}

	static boolean isTls(Throwable failure) {
		return causes(failure)
			.anyMatch((cause) -> cause instanceof SSLException || cause instanceof CertificateException);
	}

	static String words(Throwable failure) {
		return causes(failure).map(Failures::wordsFor)
			.filter((words) -> !words.isEmpty())
			.findFirst()
			.orElseGet(() -> "cannot be looked at (" + failure.getClass().getSimpleName() + ")");
	}

	private static String wordsFor(Throwable failure) {
		if (failure instanceof UnknownHostException) {
			return "the host name is not known";
		}
		if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
			return "no connection";
		}
		if (failure instanceof SSLException) {
			return "the TLS handshake fails";
		}
		return (failure instanceof TimeoutException || failure instanceof ReadTimeoutException) ? "no answer in time"
				: "";
	}

	private static Stream<Throwable> causes(Throwable failure) {
		return Stream.iterate(failure, (cause) -> cause != null, Throwable::getCause).limit(10);
	}

}
