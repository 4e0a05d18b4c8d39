package dev.mcpbridge.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the doctor needs of a running gateway.
 *
 * @param stream whether the diagnostic stream is served, which shows whether a proxy
 * holds events back
 */
@ConfigurationProperties("mcp.bridge.doctor")
record McpDoctorProperties(@DefaultValue("true") boolean stream) {

}
