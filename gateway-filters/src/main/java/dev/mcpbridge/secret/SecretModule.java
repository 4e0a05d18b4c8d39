package dev.mcpbridge.secret;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes secrets in the clear, for the inside of a {@link SealedBox} only.
 */
final class SecretModule extends SimpleModule {

	SecretModule() {
		addSerializer(Secret.class, new Writer());
		addDeserializer(Secret.class, new Reader());
	}

	private static final class Writer extends StdSerializer<Secret> {

		Writer() {
			super(Secret.class);
		}

		@Override
		public void serialize(Secret value, JsonGenerator json, SerializationContext context) {
			json.writeString(value.reveal());
		}

	}

	private static final class Reader extends StdDeserializer<Secret> {

		Reader() {
			super(Secret.class);
		}

		@Override
		public Secret deserialize(JsonParser json, DeserializationContext context) {
			return Secret.of(json.getValueAsString());
		}

	}

}
