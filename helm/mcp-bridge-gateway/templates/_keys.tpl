{{- define "mcp-bridge-gateway.base64url" -}}
{{- . | replace "+" "-" | replace "/" "_" | trimAll "=" }}
{{- end }}

{{/*
A private RSA key as a JWK (RFC 7518, section 6.3). Helm makes keys as PEM of PKCS #1 only, which is a DER sequence of nine
integers (RFC 8017, appendix A.1.2). Each is a tag, a length (one byte; or, from 128 on, the number of bytes that hold it)
and its bytes, after a zero byte where the first bit would be its sign.
*/}}
{{- define "mcp-bridge-gateway.rsaJwk" -}}
{{- $der := regexReplaceAll "-----[A-Z ]+-----|\\s" (genPrivateKey "rsa") "" | b64dec }}
{{- $jwk := dict "kty" "RSA" "use" "sig" "alg" "RS256" }}
{{- $at := 4 }}
{{- range list "version" "n" "e" "d" "p" "q" "dp" "dq" "qi" }}
{{- $size := index $der (int (add $at 1)) | int }}
{{- $at = int (add $at 2) }}
{{- if ge $size 128 }}
{{- $bytes := sub $size 128 | int }}
{{- $size = 0 }}
{{- range until $bytes }}
{{- $size = add (mul $size 256) (index $der $at | int) | int }}
{{- $at = int (add $at 1) }}
{{- end }}
{{- end }}
{{- $end := int (add $at $size) }}
{{- if ne . "version" }}
{{- $_ := set $jwk . (substr $at $end $der | trimPrefix "\x00" | b64enc | include "mcp-bridge-gateway.base64url") }}
{{- end }}
{{- $at = $end }}
{{- end }}
{{- $jwk | toJson }}
{{- end }}

{{/* What an earlier release made, or new keys: one that signs, one that seals. */}}
{{- define "mcp-bridge-gateway.generatedKeys" -}}
{{- $there := lookup "v1" "Secret" .Release.Namespace (include "mcp-bridge-gateway.keysSecret" .) }}
{{- $kept := dig "data" "keys.json" "" $there }}
{{- if $kept }}
{{- $kept }}
{{- else }}
{{- $seal := dict "kty" "oct" "use" "enc" "k" (randBytes 32 | include "mcp-bridge-gateway.base64url") }}
{{- dict "keys" (list (include "mcp-bridge-gateway.rsaJwk" . | fromJson) $seal) | toJson | b64enc }}
{{- end }}
{{- end }}
