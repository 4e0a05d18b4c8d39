package dev.mcpbridge.helm;

import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Values that contradict each other stop the rendering with one sentence.
 */
@EnabledIf(value = "dev.mcpbridge.helm.HelmLibrary#isExpected", disabledReason = "no Helm for this processor")
class ChartContradictionsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					embedded   | {publicUrl: ""} | publicUrl: missing (expected: the URL clients will use, such as https://mcp.example.com)
					embedded   | {publicUrl: "http://mcp.example.com"} | publicUrl: http://mcp.example.com (expected: https; http is for loopback hosts)
					embedded   | {publicUrl: "https://me@mcp.example.com"} | publicUrl: https://me@mcp.example.com (expected: an https URL without query, fragment and user)
					embedded   | {replicaCount: 2} | replicaCount: 2, but store.type is embedded (expected: store.type redis, which replicas can share)
					loopback   | {replicaCount: 2} | replicaCount: 2, but store.type is memory (expected: store.type redis, which replicas can share)
					embedded   | {autoscaling: {enabled: true}} | autoscaling.enabled: true, but store.type is embedded (expected: store.type redis, which replicas can share)
					redis      | {keys: {existingSecret: ""}} | keys: missing (expected: existingSecret, generate or externalSecret.enabled, since with store.type redis no volume keeps keys and replicas must share them)
					redis      | {keys: {generate: true}} | keys: more than one of existingSecret, generate and externalSecret.enabled are set (expected: at most one)
					external-secrets | {keys: {existingSecret: a}} | keys: more than one of existingSecret, generate and externalSecret.enabled are set (expected: at most one)
					external-secrets | {keys: {externalSecret: {remoteRef: {key: ""}}}} | keys.externalSecret: secretStoreRef.name or remoteRef.key is missing (expected: both)
					redis      | {redis: {host: ""}} | redis: 0 of host, sentinel.nodes and cluster.nodes are set (expected: exactly one, with store.type redis)
					sentinel   | {redis: {cluster: {nodes: ["a:1"]}}} | redis: 2 of host, sentinel.nodes and cluster.nodes are set (expected: exactly one, with store.type redis)
					redis      | {redis: {sentinel: {master: a, nodes: ["a:1"]}}} | redis: 2 of host, sentinel.nodes and cluster.nodes are set (expected: exactly one, with store.type redis)
					embedded   | {redis: {host: a}} | redis: set, but store.type is embedded (expected: store.type redis)
					sentinel   | {redis: {sentinel: {master: ""}}} | redis.sentinel.master: missing (expected: the name the Sentinels know the master by)
					cluster    | {redis: {database: 1}} | redis.database: 1 (expected: 0; a Redis Cluster has no other)
					tls        | {redis: {tls: {enabled: false}}} | redis.tls.enabled: false (expected: true, where redis.tls.caSecret or redis.tls.clientSecret is set)
					redis      | {redis: {auth: {username: a}}} | redis.auth: both username and usernameKey are set (expected: at most one)
					redis      | {redis: {auth: {existingSecret: ""}}} | redis.auth.existingSecret: missing (expected: the Secret that usernameKey and sentinelPasswordKey are in)
					embedded   | {upstream: {registration: static}} | upstream.clientId: missing (expected: the client registered by hand, with upstream.registration static)
					embedded   | {upstream: {clientId: a}} | upstream.registration: per-grant (expected: static, where upstream.clientId or upstream.clientSecret is set)
					embedded   | {upstream: {profile: custom}} | upstream.mcpPath: missing (expected: it or upstream.ssePath, with upstream.profile custom)
					embedded   | {terminationGracePeriodSeconds: 60} | terminationGracePeriodSeconds: 60 (expected: at least 70, which is shutdown.preStopSeconds, twice shutdown.phaseSeconds, and 5)
					embedded   | {shutdown: {drainSeconds: 25}} | shutdown.drainSeconds: 25 (expected: it, a quarter of it up to 5, and 1 within shutdown.phaseSeconds, which is 30)
					autoscaled | {autoscaling: {minReplicas: 9}} | autoscaling.minReplicas: 9 (expected: at most autoscaling.maxReplicas, which is 6)
					autoscaled | {autoscaling: {targetOpenStreams: null, targetCPUUtilizationPercentage: null}} | autoscaling: no target (expected: targetCPUUtilizationPercentage, targetOpenStreams or both)
					autoscaled | {resources: {requests: {cpu: null}}} | resources.requests.cpu: missing (expected: what autoscaling.targetCPUUtilizationPercentage is a share of)
					embedded   | {podDisruptionBudget: {enabled: true, minAvailable: 1}} | podDisruptionBudget.minAvailable: 1 (expected: less than the 1 replicas there are at least; no node could be drained)
					embedded   | {podDisruptionBudget: {enabled: true, minAvailable: "50%"}} | podDisruptionBudget.minAvailable: 50% (expected: less than the 1 replicas there are at least; no node could be drained)
					autoscaled | {podDisruptionBudget: {minAvailable: 2}} | podDisruptionBudget.minAvailable: 2 (expected: less than the 2 replicas there are at least; no node could be drained)
					redis      | {podDisruptionBudget: {enabled: true, maxUnavailable: 0}} | podDisruptionBudget.maxUnavailable: 0 (expected: 1 or more; no node could be drained)
					monitored  | {podMonitor: {enabled: true}} | serviceMonitor.enabled: true, and podMonitor.enabled too (expected: one; every sample would be there twice)
					monitored  | {managementService: {enabled: false}} | managementService.enabled: false (expected: true, since a ServiceMonitor scrapes it; or podMonitor.enabled)
					gateway-api | {httpRoute: {parentRefs: []}} | httpRoute.parentRefs: missing (expected: the Gateways the route belongs to)
					embedded   | {config: {mcp: {bridge: {store: redis}}}} | config: mcp.bridge.store (expected: set store.type)
					embedded   | {config: {mcp.bridge.store: redis}} | config: mcp.bridge.store (expected: set store.type)
					embedded   | {config: {spring: {cloud: {gateway: {server: {webflux: {routes: []}}}}}}} | config: spring.cloud.gateway.server.webflux.routes (expected: set extraRoutes, which leaves the app its own routes)
					""")
	void valuesThatContradictEachOtherAreNamed(String shape, String values, String sentence) {
		assertThatThrownBy(() -> Chart.render(shape, values)).hasMessageContaining(": " + sentence);
	}

}
