{{- define "aboveboard.name" -}}
{{- printf "%s-aboveboard" .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "aboveboard.selector" -}}
app.kubernetes.io/name: aboveboard
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
