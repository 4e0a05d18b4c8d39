/**
 * The image, built by the real builder and started without a daemon.
 * <p>
 * It must not know what is in the Dockerfile: it sees what became of it.
 */
@NullMarked
package dev.mcpbridge.image;

import org.jspecify.annotations.NullMarked;
