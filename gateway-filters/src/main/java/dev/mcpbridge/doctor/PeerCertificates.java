package dev.mcpbridge.doctor;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

/**
 * Lets any certificate pass and remembers it, with what is wrong with it by the trust of
 * this Java. Nothing but a bare question is ever sent to whom it trusted.
 */
final class PeerCertificates extends X509ExtendedTrustManager {

	private final X509ExtendedTrustManager trust;

	private volatile @Nullable Shown shown;

	PeerCertificates() {
		try {
			TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			factory.init((KeyStore) null);
			this.trust = Arrays.stream(factory.getTrustManagers())
				.filter(X509ExtendedTrustManager.class::isInstance)
				.map(X509ExtendedTrustManager.class::cast)
				.findFirst()
				.orElseThrow();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What the last handshake showed, or {@code null} if there was none. */
	@Nullable Shown shown() {
		return this.shown;
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine) {
		String protocol = (engine != null && engine.getHandshakeSession() != null)
				? engine.getHandshakeSession().getProtocol() : "TLS";
		this.shown = new Shown(chain[0], protocol, isTrusted(chain, authType), isNamed(chain, authType, engine));
	}

	private boolean isTrusted(X509Certificate[] chain, String authType) {
		try {
			this.trust.checkServerTrusted(chain, authType);
			return true;
		}
		catch (CertificateException ex) {
			return false;
		}
	}

	private boolean isNamed(X509Certificate[] chain, String authType, @Nullable SSLEngine engine) {
		try {
			this.trust.checkServerTrusted(chain, authType, engine);
			return true;
		}
		catch (CertificateException ex) {
			return false;
		}
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType) {
		checkServerTrusted(chain, authType, (SSLEngine) null);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
		checkServerTrusted(chain, authType, (SSLEngine) null);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		throw new CertificateException("no client is looked at");
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		throw new CertificateException("no client is looked at");
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		throw new CertificateException("no client is looked at");
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return new X509Certificate[0];
	}

	/**
	 * A handshake.
	 *
	 * @param certificate the server's own certificate
	 * @param protocol the version of TLS
	 * @param trusted whether its chain leads to an authority this Java trusts
	 * @param named whether it is trusted and for the host
	 */
	record Shown(X509Certificate certificate, String protocol, boolean trusted, boolean named) {

	}

}
