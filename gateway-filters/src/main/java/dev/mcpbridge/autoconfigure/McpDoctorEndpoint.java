package dev.mcpbridge.autoconfigure;

import dev.mcpbridge.doctor.Doctor;
import dev.mcpbridge.doctor.Report;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The actuator endpoint {@code mcpdoctor}: what is wrong, seen from the running gateway.
 * Those who ask within ten seconds get the same report.
 */
@WebEndpoint(id = "mcpdoctor")
public final class McpDoctorEndpoint {

	private final Doctor doctor;

	McpDoctorEndpoint(Doctor doctor) {
		this.doctor = doctor;
	}

	/**
	 * Looks at everything.
	 * @return the report
	 */
	@ReadOperation
	public Mono<Report> report() {
		return this.doctor.examine();
	}

}
