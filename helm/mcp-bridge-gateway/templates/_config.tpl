{{/* What the values say, as the gateway's application.yaml. */}}
{{- define "mcp-bridge-gateway.config" -}}
{{- $v := .Values }}
{{- $upstream := dict "url" $v.upstream.url "profile" $v.upstream.profile "registration" $v.upstream.registration }}
{{- with $v.upstream.mcpPath }}{{ $_ := set $upstream "mcp-path" . }}{{ end }}
{{- with $v.upstream.ssePath }}{{ $_ := set $upstream "sse-path" . }}{{ end }}
{{- with $v.upstream.clientId }}{{ $_ := set $upstream "client-id" . }}{{ end }}
{{- $bridge := dict "public-url" $v.publicUrl "store" $v.store.type "upstream" $upstream
      "stream" (dict "drain" (printf "%ds" (int $v.shutdown.drainSeconds))) }}
{{- with $v.allowedHosts }}{{ $_ := set $bridge "allowed-hosts" . }}{{ end }}
{{- with $v.extraRoutes }}{{ $_ := set $bridge "extra-routes" . }}{{ end }}
{{- $spring := dict "lifecycle" (dict "timeout-per-shutdown-phase" (printf "%ds" (int $v.shutdown.phaseSeconds))) }}
{{- if eq $v.store.type "redis" }}
{{- $_ := set $spring "data" (dict "redis" (include "mcp-bridge-gateway.redisConfig" . | fromYaml)) }}
{{- $bundle := include "mcp-bridge-gateway.redisBundle" . | fromYaml }}
{{- with $bundle }}{{ $_ := set $spring "ssl" (dict "bundle" (dict "pem" (dict "redis" .))) }}{{ end }}
{{- end }}
{{- mergeOverwrite (dict "mcp" (dict "bridge" $bridge) "spring" $spring) (deepCopy $v.config) | toYaml }}
{{- end }}

{{- define "mcp-bridge-gateway.redisConfig" -}}
{{- $redis := .Values.redis }}
timeout: 2s
connect-timeout: 2s
{{- with $redis.auth.username }}
username: {{ . | quote }}
{{- end }}
{{- if $redis.sentinel.nodes }}
database: {{ $redis.database }}
sentinel:
  master: {{ $redis.sentinel.master | quote }}
  nodes: {{ toYaml $redis.sentinel.nodes | nindent 4 }}
{{- else if $redis.cluster.nodes }}
cluster:
  nodes: {{ toYaml $redis.cluster.nodes | nindent 4 }}
lettuce:
  cluster:
    refresh:
      adaptive: true
      period: 30s
{{- else }}
database: {{ $redis.database }}
host: {{ $redis.host | quote }}
port: {{ $redis.port }}
{{- end }}
{{- if $redis.tls.enabled }}
ssl:
  {{- if or $redis.tls.caSecret $redis.tls.clientSecret }}
  bundle: redis
  {{- else }}
  enabled: true
  {{- end }}
{{- end }}
{{- end }}

{{- define "mcp-bridge-gateway.redisBundle" -}}
{{- $tls := .Values.redis.tls }}
{{- if $tls.enabled }}
{{- if $tls.caSecret }}
truststore:
  certificate: file:/etc/redis/ca/{{ $tls.caKey }}
{{- end }}
{{- if $tls.clientSecret }}
keystore:
  certificate: file:/etc/redis/client/tls.crt
  private-key: file:/etc/redis/client/tls.key
{{- end }}
{{- end }}
{{- end }}
