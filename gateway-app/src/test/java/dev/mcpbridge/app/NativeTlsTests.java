package dev.mcpbridge.app;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import reactor.netty.http.Http11SslContextSpec;

import static org.assertj.core.api.Assertions.assertThat;

class NativeTlsTests {

	/**
	 * If its version did not fit Netty's, nothing else would say so: TLS would be Java's.
	 */
	@Test
	@EnabledOnOs(value = OS.LINUX, architectures = { "amd64", "aarch64" })
	void itCanBeLoadedAndClientsChooseIt() throws Exception {
		assertThat(OpenSsl.unavailabilityCause()).isNull();
		assertThat(SslProvider.isAlpnSupported(SslProvider.OPENSSL)).isTrue();
		assertThat(Http11SslContextSpec.forClient().sslContext().getClass().getSimpleName()).startsWith("OpenSsl");
	}

}
