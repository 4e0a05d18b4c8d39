package dev.mcpbridge.helm;

import com.marcnuri.helm.Helm;

/**
 * Helm inside this process.
 */
final class HelmLibrary {

	private HelmLibrary() {
	}

	/**
	 * Tells whether Helm is here, or has to be: its library is made for some processors
	 * only, and a build machine with one of these may not do without.
	 */
	static boolean isExpected() {
		return loads() || ("true".equals(System.getenv("CI")) && "amd64".equals(System.getProperty("os.arch")));
	}

	private static boolean loads() {
		try {
			return !Helm.version().call().isEmpty();
		}
		catch (RuntimeException | LinkageError ex) {
			return false;
		}
	}

}
