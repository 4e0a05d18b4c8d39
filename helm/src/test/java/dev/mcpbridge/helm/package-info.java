/**
 * The chart and the manifests made from it, by real Helm and real kustomize, judged by
 * models of Kubernetes that bear no unknown field.
 * <p>
 * It must not know how the gateway works: only its properties, ports and paths.
 */
@NullMarked
package dev.mcpbridge.helm;

import org.jspecify.annotations.NullMarked;
