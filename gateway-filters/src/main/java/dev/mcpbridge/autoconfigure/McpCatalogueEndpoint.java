package dev.mcpbridge.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.mcpbridge.catalogue.Catalogue;
import dev.mcpbridge.catalogue.ToolState;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The actuator endpoint {@code mcpcatalogue}: what the upstream says its tools are, and
 * the word that a changed text is good.
 */
@WebEndpoint(id = "mcpcatalogue")
public final class McpCatalogueEndpoint {

	private static final Log log = LogFactory.getLog(McpCatalogueEndpoint.class);

	private final Catalogue catalogue;

	McpCatalogueEndpoint(Catalogue catalogue) {
		this.catalogue = catalogue;
	}

	/**
	 * Lists tools.
	 * @return what is known of each, sorted by name
	 */
	@ReadOperation
	public List<ToolState> tools() {
		return this.catalogue.tools();
	}

	/**
	 * Accepts the latest texts of tools, for every replica.
	 * @param tool the name of one; all that changed if it is not said
	 * @return how many were accepted
	 */
	@WriteOperation
	public Mono<WebEndpointResponse<Map<String, Object>>> accept(@Nullable String tool) {
		return this.catalogue.accept((tool != null) ? Set.of(tool) : Set.of()).map((count) -> {
			log.info("upstream tools accepted by operator count=" + count);
			return new WebEndpointResponse<Map<String, Object>>(Map.of("accepted", count));
		}).onErrorResume((failure) -> {
			log.warn("catalogue cannot be written reason=" + failure.getClass().getSimpleName());
			return Mono.just(new WebEndpointResponse<>(
					Map.of("error", "accepted by this replica alone; the store cannot answer, try again"),
					WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE));
		});
	}

}
