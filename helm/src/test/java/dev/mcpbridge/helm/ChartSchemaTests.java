package dev.mcpbridge.helm;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A value that is misspelled or of another kind is refused before anything is rendered.
 */
class ChartSchemaTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{replicas: 2} | replicas
			{publicURL: "https://mcp.example.com"} | publicURL
			{upstream: {profil: atlassian-v1}} | profil
			{upstream: {profile: atlassian-v3}} | /upstream/profile
			{store: {type: Redis}} | /store/type
			{redis: {auth: {existingsecret: a}}} | existingsecret
			{redis: {sentinel: {nodes: ["no-port"]}}} | /redis/sentinel/nodes
			{keys: {externalSecret: {remoteRef: {name: a}}}} | name
			{ingress: {tls: [{secretName: a}]}} | /ingress/tls
			{image: {tag: 1}} | /image/tag
			{autoscaling: {maxReplicas: "6"}} | /autoscaling/maxReplicas
			{networkPolicy: {egress: {dns: []}}} | dns
			{resources: {request: {cpu: 1}}} | request
			{extraRoutes: [{id: a, uri: "https://a.example"}]} | predicates
			{podAnnotations: {number: 1}} | /podAnnotations/number
			{publicUrl: mcp.example.com} | /publicUrl
			""")
	@EnabledIf(value = "dev.mcpbridge.helm.HelmLibrary#isExpected", disabledReason = "no Helm for this processor")
	void aTypoIsNamed(String values, String place) {
		assertThatThrownBy(() -> Chart.render("embedded", values)).hasMessageContaining("specifications of the schema")
			.hasMessageContaining(place);
	}

	@Test
	void everyObjectOfTheSchemaWithNamedMembersIsClosed() {
		Map<String, Object> schema = Yaml.map(Chart.read("values.schema.json"));
		assertThat(schema).containsEntry("additionalProperties", false);
		assertClosed("", schema);
	}

	private static void assertClosed(String path, Map<String, Object> schema) {
		if (schema.get("properties") instanceof Map<?, ?> members) {
			assertThat(schema).as(path).containsEntry("additionalProperties", false);
			Yaml.asMap(members).forEach((name, member) -> assertClosed(path + "." + name, Yaml.asMap(member)));
		}
	}

	@Test
	void everyValueIsInTheSchema() {
		assertSame("", Yaml.map(Chart.read("values.yaml")), Yaml.map(Chart.read("values.schema.json")));
	}

	private static void assertSame(String path, Map<String, Object> values, Map<String, Object> schema) {
		if (!(schema.get("properties") instanceof Map<?, ?> members)) {
			return;
		}
		Map<String, Object> described = Yaml.asMap(members);
		if (!path.startsWith(".resources")) {
			assertThat(described.keySet()).as(path)
				.filteredOn((name) -> !name.equals("global"))
				.containsExactlyInAnyOrderElementsOf(values.keySet());
		}
		values.forEach((name, value) -> {
			if (value instanceof Map<?, ?> inner && described.get(name) instanceof Map<?, ?> member) {
				assertSame(path + "." + name, Yaml.asMap(inner), Yaml.asMap(member));
			}
		});
	}

}
