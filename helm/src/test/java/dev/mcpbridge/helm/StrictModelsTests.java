package dev.mcpbridge.helm;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The models see what Kubernetes would refuse or silently drop.
 */
class StrictModelsTests {

	@ParameterizedTest
	@ValueSource(strings = { """
			{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 1, targetport: 2}]}}""", """
			{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{name: http}]}}""", """
			{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: many}}""", """
			{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {selector: {}, template:
			{spec: {containers: [{name: a, readinessProbe: {httpGet: {port: 1, paht: /}}}]}}}}""", """
			{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {ingres: []}}""", """
			{apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: {name: a},
			spec: {selector: {}, endpoints: [{port: a, intervall: 30s}]}}""",
			"""
					{apiVersion: monitoring.coreos.com/v1, kind: PodMonitor, metadata: {name: a}, spec: {podmetricsEndpoints: []}}""",
			"""
					{apiVersion: monitoring.coreos.com/v1, kind: PrometheusRule, metadata: {name: a},
					spec: {groups: [{name: a, rules: [{alert: A, exprs: up}]}]}}""", """
					{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: a},
					spec: {rules: [{timeouts: {requests: 0s}}]}}""", """
					{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: a}, spec:
					{secretStoreRef: {name: a}, target: {name: a}, data: [{secretKey: a, remoteref: {key: a}}]}}""",
			"{apiVersion: v2, kind: Service, metadata: {name: a}}" })
	void aFieldOrTypeThatIsNotThereIsRefused(String object) {
		assertThatThrownBy(() -> StrictModels.check(new Manifest(Yaml.map(object))))
			.isInstanceOf(IllegalArgumentException.class);
	}

}
