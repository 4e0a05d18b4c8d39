package dev.mcpbridge.helm;

import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;

/**
 * Typed models of what Kubernetes and its operators read. An unknown field, a field of
 * another type or a missing one is an error, everywhere in the object.
 */
final class StrictModels {

	private static final ObjectMapper OPERATORS = new ObjectMapper().setAnnotationIntrospector(new NothingElse())
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

	private static final Map<String, Class<?>> MODELS = Map.ofEntries(Map.entry("v1/ConfigMap", V1ConfigMap.class),
			Map.entry("v1/Secret", V1Secret.class), Map.entry("v1/Service", V1Service.class),
			Map.entry("v1/ServiceAccount", V1ServiceAccount.class),
			Map.entry("v1/PersistentVolumeClaim", V1PersistentVolumeClaim.class),
			Map.entry("apps/v1/Deployment", V1Deployment.class),
			Map.entry("networking.k8s.io/v1/Ingress", V1Ingress.class),
			Map.entry("networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy.class),
			Map.entry("policy/v1/PodDisruptionBudget", V1PodDisruptionBudget.class),
			Map.entry("autoscaling/v2/HorizontalPodAutoscaler", V2HorizontalPodAutoscaler.class),
			Map.entry("gateway.networking.k8s.io/v1/HTTPRoute", HTTPRoute.class),
			Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class),
			Map.entry("monitoring.coreos.com/v1/PodMonitor", PodMonitor.class),
			Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
			Map.entry("external-secrets.io/v1/ExternalSecret", ExternalSecret.class));

	private StrictModels() {
	}

	/**
	 * Reads an object as its model.
	 * @throws IllegalArgumentException if it does not fit, or there is no model of it
	 */
	static void check(Manifest object) {
		String kind = object.content().get("apiVersion") + "/" + object.kind();
		Class<?> model = MODELS.get(kind);
		if (model == null) {
			throw new IllegalArgumentException(kind + " (expected: one of " + MODELS.keySet() + ")");
		}
		String json = JSON.getGson().toJson(object.content());
		Consumer<String> reader = model.getName().startsWith("io.kubernetes.")
				? (text) -> JSON.getGson().fromJson(text, model) : (text) -> read(text, model);
		try {
			reader.accept(json);
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException(object + ": " + ex.getMessage(), ex);
		}
	}

	private static void read(String json, Class<?> model) {
		try {
			OPERATORS.readValue(json, model);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException(ex.getOriginalMessage(), ex);
		}
	}

	/** The models would keep what they do not know for somebody who might. */
	private static final class NothingElse extends JacksonAnnotationIntrospector {

		@Override
		public Boolean hasAnySetter(Annotated annotated) {
			return false;
		}

	}

}
