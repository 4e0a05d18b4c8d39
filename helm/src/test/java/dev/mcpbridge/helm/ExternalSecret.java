package dev.mcpbridge.helm;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/**
 * As much of an ExternalSecret as the chart uses; nobody publishes a model of it.
 *
 * @see <a href=
 * "https://external-secrets.io/latest/api/externalsecret/">ExternalSecret</a>
 */
record ExternalSecret(@JsonProperty(required = true) String apiVersion, @JsonProperty(required = true) String kind,
		@JsonProperty(required = true) ObjectMeta metadata, @JsonProperty(required = true) Spec spec) {

	record Spec(String refreshInterval, @JsonProperty(required = true) StoreRef secretStoreRef,
			@JsonProperty(required = true) Target target, @JsonProperty(required = true) List<Data> data) {
	}

	record StoreRef(@JsonProperty(required = true) String name, String kind) {
	}

	record Target(@JsonProperty(required = true) String name, String creationPolicy) {
	}

	record Data(@JsonProperty(required = true) String secretKey, @JsonProperty(required = true) RemoteRef remoteRef) {
	}

	record RemoteRef(@JsonProperty(required = true) String key, String property) {
	}

}
