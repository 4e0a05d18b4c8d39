{{/* Stops on values that contradict each other, with one sentence. */}}
{{- define "mcp-bridge-gateway.validate" -}}
{{- include "mcp-bridge-gateway.validatePublicUrl" . }}
{{- include "mcp-bridge-gateway.validateConfig" . }}
{{- include "mcp-bridge-gateway.validateStore" . }}
{{- include "mcp-bridge-gateway.validateKeys" . }}
{{- include "mcp-bridge-gateway.validateUpstream" . }}
{{- include "mcp-bridge-gateway.validateShutdown" . }}
{{- include "mcp-bridge-gateway.validateScaling" . }}
{{- include "mcp-bridge-gateway.validateAccess" . }}
{{- end }}

{{- define "mcp-bridge-gateway.validatePublicUrl" -}}
{{- if not .Values.publicUrl }}
{{- fail "publicUrl: missing (expected: the URL clients will use, such as https://mcp.example.com)" }}
{{- end }}
{{- $url := urlParse .Values.publicUrl }}
{{- if or (not (has $url.scheme (list "http" "https"))) (not $url.hostname) $url.query $url.fragment $url.userinfo }}
{{- fail (printf "publicUrl: %s (expected: an https URL without query, fragment and user)" .Values.publicUrl) }}
{{- end }}
{{- $loopback := regexMatch "^(localhost|.+\\.localhost|127\\.[0-9.]+|::1)$" $url.hostname }}
{{- $insecure := dig "mcp" "bridge" "insecure-http" false .Values.config }}
{{- if and (eq $url.scheme "http") (not $loopback) (not $insecure) }}
{{- fail (printf "publicUrl: %s (expected: https; http is for loopback hosts)" .Values.publicUrl) }}
{{- end }}
{{- end }}

{{- define "mcp-bridge-gateway.validateConfig" -}}
{{- $config := .Values.config }}
{{- $instead := dict "mcp.bridge.public-url" "publicUrl" "mcp.bridge.store" "store.type" "mcp.bridge.allowed-hosts" "allowedHosts"
      "mcp.bridge.keys" "keys" "mcp.bridge.data-dir" "persistence" "mcp.bridge.extra-routes" "extraRoutes"
      "mcp.bridge.upstream.url" "upstream.url" "mcp.bridge.upstream.profile" "upstream.profile"
      "mcp.bridge.upstream.client-secret" "upstream.clientSecret" "mcp.bridge.stream.drain" "shutdown.drainSeconds"
      "spring.lifecycle.timeout-per-shutdown-phase" "shutdown.phaseSeconds" "spring.data.redis" "redis"
      "spring.cloud.gateway.server.webflux.routes" "extraRoutes, which leaves the app its own routes"
      "server.port" "service.port; the container listens on 8080" "management.server.port" "managementService.port; the container listens on 8081" }}
{{- range $property, $value := $instead }}
{{- $at := $config }}
{{- $found := true }}
{{- range splitList "." $property }}
{{- if and $found (kindIs "map" $at) (hasKey $at .) }}
{{- $at = get $at . }}
{{- else }}
{{- $found = false }}
{{- end }}
{{- end }}
{{- if or $found (hasKey $config $property) }}
{{- fail (printf "config: %s (expected: set %s)" $property $value) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "mcp-bridge-gateway.validateStore" -}}
{{- $redis := .Values.redis }}
{{- $kinds := len (compact (list $redis.host (join "," $redis.sentinel.nodes) (join "," $redis.cluster.nodes))) }}
{{- if and (eq .Values.store.type "redis") (ne $kinds 1) }}
{{- fail (printf "redis: %d of host, sentinel.nodes and cluster.nodes are set (expected: exactly one, with store.type redis)" $kinds) }}
{{- end }}
{{- if and (ne .Values.store.type "redis") (ne $kinds 0) }}
{{- fail (printf "redis: set, but store.type is %s (expected: store.type redis)" .Values.store.type) }}
{{- end }}
{{- if and $redis.sentinel.nodes (not $redis.sentinel.master) }}
{{- fail "redis.sentinel.master: missing (expected: the name the Sentinels know the master by)" }}
{{- end }}
{{- if and $redis.cluster.nodes (ne (int $redis.database) 0) }}
{{- fail (printf "redis.database: %d (expected: 0; a Redis Cluster has no other)" (int $redis.database)) }}
{{- end }}
{{- if and (not $redis.tls.enabled) (or $redis.tls.caSecret $redis.tls.clientSecret) }}
{{- fail "redis.tls.enabled: false (expected: true, where redis.tls.caSecret or redis.tls.clientSecret is set)" }}
{{- end }}
{{- if and $redis.auth.username $redis.auth.usernameKey }}
{{- fail "redis.auth: both username and usernameKey are set (expected: at most one)" }}
{{- end }}
{{- if and (not $redis.auth.existingSecret) (or $redis.auth.usernameKey $redis.auth.sentinelPasswordKey) }}
{{- fail "redis.auth.existingSecret: missing (expected: the Secret that usernameKey and sentinelPasswordKey are in)" }}
{{- end }}
{{- end }}

{{- define "mcp-bridge-gateway.validateKeys" -}}
{{- $keys := .Values.keys }}
{{- $external := $keys.externalSecret }}
{{- $sources := len (compact (list $keys.existingSecret (ternary "generate" "" $keys.generate) (ternary "external" "" $external.enabled))) }}
{{- if gt $sources 1 }}
{{- fail "keys: more than one of existingSecret, generate and externalSecret.enabled are set (expected: at most one)" }}
{{- end }}
{{- if and (eq .Values.store.type "redis") (eq $sources 0) }}
{{- fail "keys: missing (expected: existingSecret, generate or externalSecret.enabled, since with store.type redis no volume keeps keys and replicas must share them)" }}
{{- end }}
{{- if and $external.enabled (or (not $external.secretStoreRef.name) (not $external.remoteRef.key)) }}
{{- fail "keys.externalSecret: secretStoreRef.name or remoteRef.key is missing (expected: both)" }}
{{- end }}
{{- end }}

{{- define "mcp-bridge-gateway.validateUpstream" -}}
{{- $upstream := .Values.upstream }}
{{- if and (eq $upstream.registration "static") (not $upstream.clientId) }}
{{- fail "upstream.clientId: missing (expected: the client registered by hand, with upstream.registration static)" }}
{{- end }}
{{- if and (ne $upstream.registration "static") (or $upstream.clientId $upstream.clientSecret.existingSecret) }}
{{- fail (printf "upstream.registration: %s (expected: static, where upstream.clientId or upstream.clientSecret is set)" $upstream.registration) }}
{{- end }}
{{- if and (eq $upstream.profile "custom") (not (or $upstream.mcpPath $upstream.ssePath)) }}
{{- fail "upstream.mcpPath: missing (expected: it or upstream.ssePath, with upstream.profile custom)" }}
{{- end }}
{{- end }}

{{- define "mcp-bridge-gateway.validateShutdown" -}}
{{- $shutdown := .Values.shutdown }}
{{- $drain := int $shutdown.drainSeconds }}
{{- $ending := min 5 (ceil (divf $drain 4)) | int }}
{{- if gt (add $drain $ending 1) (int64 $shutdown.phaseSeconds) }}
{{- fail (printf "shutdown.drainSeconds: %d (expected: it, a quarter of it up to 5, and 1 within shutdown.phaseSeconds, which is %d)" $drain (int $shutdown.phaseSeconds)) }}
{{- end }}
{{- $needed := include "mcp-bridge-gateway.neededGracePeriod" . | int }}
{{- if lt (include "mcp-bridge-gateway.gracePeriod" . | int) $needed }}
{{- fail (printf "terminationGracePeriodSeconds: %d (expected: at least %d, which is shutdown.preStopSeconds, twice shutdown.phaseSeconds, and 5)" (int .Values.terminationGracePeriodSeconds) $needed) }}
{{- end }}
{{- end }}

{{- define "mcp-bridge-gateway.validateScaling" -}}
{{- $scaling := .Values.autoscaling }}
{{- if and $scaling.enabled (ne .Values.store.type "redis") }}
{{- fail (printf "autoscaling.enabled: true, but store.type is %s (expected: store.type redis, which replicas can share)" .Values.store.type) }}
{{- end }}
{{- if and (gt (int .Values.replicaCount) 1) (ne .Values.store.type "redis") }}
{{- fail (printf "replicaCount: %d, but store.type is %s (expected: store.type redis, which replicas can share)" (int .Values.replicaCount) .Values.store.type) }}
{{- end }}
{{- if and $scaling.enabled (gt (int $scaling.minReplicas) (int $scaling.maxReplicas)) }}
{{- fail (printf "autoscaling.minReplicas: %d (expected: at most autoscaling.maxReplicas, which is %d)" (int $scaling.minReplicas) (int $scaling.maxReplicas)) }}
{{- end }}
{{- if and $scaling.enabled (not (or $scaling.targetCPUUtilizationPercentage $scaling.targetOpenStreams)) }}
{{- fail "autoscaling: no target (expected: targetCPUUtilizationPercentage, targetOpenStreams or both)" }}
{{- end }}
{{- if and $scaling.enabled $scaling.targetCPUUtilizationPercentage (not (dig "requests" "cpu" "" .Values.resources)) }}
{{- fail "resources.requests.cpu: missing (expected: what autoscaling.targetCPUUtilizationPercentage is a share of)" }}
{{- end }}
{{- if .Values.podDisruptionBudget.enabled }}
{{- include "mcp-bridge-gateway.validateBudget" . }}
{{- end }}
{{- end }}

{{/* Kubernetes rounds shares up, both those that may be away and those that must be there. */}}
{{- define "mcp-bridge-gateway.validateBudget" -}}
{{- $budget := .Values.podDisruptionBudget }}
{{- $replicas := include "mcp-bridge-gateway.fewestReplicas" . | int }}
{{- if not (kindIs "invalid" $budget.minAvailable) }}
{{- $there := toString $budget.minAvailable }}
{{- $count := int $budget.minAvailable }}
{{- if hasSuffix "%" $there }}
{{- $count = ceil (divf (mulf (trimSuffix "%" $there | float64) $replicas) 100) | int }}
{{- end }}
{{- if ge $count $replicas }}
{{- fail (printf "podDisruptionBudget.minAvailable: %s (expected: less than the %d replicas there are at least; no node could be drained)" $there $replicas) }}
{{- end }}
{{- else if has (toString $budget.maxUnavailable) (list "0" "0%") }}
{{- fail (printf "podDisruptionBudget.maxUnavailable: %s (expected: 1 or more; no node could be drained)" (toString $budget.maxUnavailable)) }}
{{- end }}
{{- end }}

{{- define "mcp-bridge-gateway.validateAccess" -}}
{{- if and .Values.serviceMonitor.enabled .Values.podMonitor.enabled }}
{{- fail "serviceMonitor.enabled: true, and podMonitor.enabled too (expected: one; every sample would be there twice)" }}
{{- end }}
{{- if and .Values.serviceMonitor.enabled (not .Values.managementService.enabled) }}
{{- fail "managementService.enabled: false (expected: true, since a ServiceMonitor scrapes it; or podMonitor.enabled)" }}
{{- end }}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) }}
{{- fail "httpRoute.parentRefs: missing (expected: the Gateways the route belongs to)" }}
{{- end }}
{{- end }}
