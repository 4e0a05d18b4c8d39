package dev.mcpbridge.doctor;

import java.util.ArrayList;
import java.util.List;

import reactor.core.publisher.Flux;

/**
 * Looks at what the gateway starts with and an operator should know of.
 */
public final class ConfigurationCheck implements Check {

	private final Facts facts;

	/**
	 * Makes it.
	 * @param facts what is configured
	 */
	public ConfigurationCheck(Facts facts) {
		this.facts = facts;
	}

	@Override
	public CheckId about() {
		return CheckId.START;
	}

	@Override
	public Flux<Finding> look() {
		List<Finding> findings = new ArrayList<>();
		findings.add(Finding.ok(about(), "the gateway starts with it"));
		findings.add(this.facts.management() ? Finding.ok(CheckId.MANAGEMENT, "the management port is another one")
				: Finding.failure(CheckId.MANAGEMENT,
						"management.server.port is that of clients: the actuator is open to everybody"));
		warn(findings, this.facts.memory(), CheckId.STORE_KIND,
				"mcp.bridge.store: memory; everybody logs in again after a restart");
		warn(findings, this.facts.insecureHttp(), CheckId.INSECURE_HTTP,
				"mcp.bridge.insecure-http: true; tokens may travel in the clear");
		warn(findings, this.facts.unasked(), CheckId.CONSENT,
				"mcp.bridge.authorization-server.consent: never; any registered client gets tokens without a click here");
		warn(findings, this.facts.anyHost(), CheckId.HOSTS,
				"mcp.bridge.allowed-hosts: * at a loopback public URL; any web page can call this gateway (DNS rebinding)");
		warn(findings, this.facts.forwarded(), CheckId.FORWARDED, "server.forward-headers-strategy is set");
		return Flux.fromIterable(findings);
	}

	private static void warn(List<Finding> findings, boolean when, CheckId check, String seen) {
		if (when) {
			findings.add(Finding.warning(check, seen));
		}
	}

	/**
	 * What is configured.
	 *
	 * @param management whether the management port is not the port of clients
	 * @param memory whether the store ends with the process
	 * @param insecureHttp whether plain http is accepted
	 * @param unasked whether people are not asked
	 * @param anyHost whether any host is accepted although the public URL is a loopback
	 * one
	 * @param forwarded whether forwarded headers are believed
	 */
	public record Facts(boolean management, boolean memory, boolean insecureHttp, boolean unasked, boolean anyHost,
			boolean forwarded) {

	}

}
