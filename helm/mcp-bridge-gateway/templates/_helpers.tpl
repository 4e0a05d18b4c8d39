{{- define "mcp-bridge-gateway.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* 52 characters leave room for "-management". */}}
{{- define "mcp-bridge-gateway.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" }}
{{- else }}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 52 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{- define "mcp-bridge-gateway.selectorLabels" -}}
app.kubernetes.io/name: {{ include "mcp-bridge-gateway.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "mcp-bridge-gateway.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "mcp-bridge-gateway.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "mcp-bridge-gateway.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "mcp-bridge-gateway.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "mcp-bridge-gateway.image" -}}
{{- if .Values.image.digest }}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{/* The host clients name, without its port. */}}
{{- define "mcp-bridge-gateway.publicHost" -}}
{{- (urlParse .Values.publicUrl).hostname }}
{{- end }}

{{/* How many replicas there are at least. */}}
{{- define "mcp-bridge-gateway.fewestReplicas" -}}
{{- ternary .Values.autoscaling.minReplicas .Values.replicaCount .Values.autoscaling.enabled | int }}
{{- end }}

{{/* The Secret with keys.json; empty where the app makes keys on its volume. */}}
{{- define "mcp-bridge-gateway.keysSecret" -}}
{{- if .Values.keys.existingSecret }}
{{- .Values.keys.existingSecret }}
{{- else if or .Values.keys.generate .Values.keys.externalSecret.enabled }}
{{- printf "%s-keys" (include "mcp-bridge-gateway.fullname" .) }}
{{- end }}
{{- end }}

{{- define "mcp-bridge-gateway.claim" -}}
{{- default (include "mcp-bridge-gateway.fullname" .) .Values.persistence.existingClaim }}
{{- end }}

{{/* What a pod needs to end: the pause before, the phase of the streams, that of the requests, and some air. */}}
{{- define "mcp-bridge-gateway.neededGracePeriod" -}}
{{- add .Values.shutdown.preStopSeconds (mul 2 .Values.shutdown.phaseSeconds) 5 }}
{{- end }}

{{- define "mcp-bridge-gateway.gracePeriod" -}}
{{- default (include "mcp-bridge-gateway.neededGracePeriod" .) .Values.terminationGracePeriodSeconds | int }}
{{- end }}

{{/* The ports Redis is reached at, as a JSON list. */}}
{{- define "mcp-bridge-gateway.redisPorts" -}}
{{- $redis := .Values.redis }}
{{- $ports := list }}
{{- range concat $redis.sentinel.nodes $redis.cluster.nodes }}
{{- $ports = append $ports (regexFind "[0-9]+$" . | int) }}
{{- end }}
{{- if or $redis.host $redis.sentinel.nodes }}
{{- $ports = append $ports (int $redis.port) }}
{{- end }}
{{- $ports | uniq | toJson }}
{{- end }}
