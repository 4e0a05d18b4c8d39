package dev.mcpbridge.helm;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

import com.google.protobuf.CodedInputStream;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;

/**
 * A Secret as Helm sends those it keeps its releases in: an envelope of Kubernetes with a
 * protocol buffer.
 *
 * @see <a href=
 * "https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding">Protobuf
 * encoding</a>
 */
final class ProtobufSecret {

	private static final byte[] MAGIC = { 'k', '8', 's', 0 };

	private ProtobufSecret() {
	}

	static boolean isOne(byte[] sent) {
		return sent.length > MAGIC.length && Arrays.equals(sent, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
	}

	/** Reads it as JSON would have it. */
	static Map<String, Object> read(byte[] sent) throws IOException {
		CodedInputStream envelope = CodedInputStream.newInstance(sent, MAGIC.length, sent.length - MAGIC.length);
		V1.Secret secret = V1.Secret.parseFrom(Runtime.Unknown.parseFrom(envelope).getRaw());
		Map<String, Object> data = new TreeMap<>();
		secret.getDataMap()
			.forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value.toByteArray())));
		return Map.of("apiVersion", "v1", "kind", "Secret", "metadata",
				Map.of("name", secret.getMetadata().getName(), "labels", secret.getMetadata().getLabelsMap()), "type",
				secret.getType(), "data", data);
	}

}
