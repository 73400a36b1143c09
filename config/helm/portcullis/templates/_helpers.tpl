{{/* The name of everything in the release. */}}
{{- define "portcullis.name" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* What selects the pod. It can never change. */}}
{{- define "portcullis.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "portcullis.labels" -}}
{{ include "portcullis.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{/* A request to a health address. It needs no known host, and the node does not check the certificate. */}}
{{- define "portcullis.probe" -}}
{{- $root := index . 0 -}}
path: {{ printf "%s/health/%s" $root.Values.portalPath (index . 1) }}
port: gateway
scheme: {{ ternary "HTTPS" "HTTP" (ne $root.Values.tls.secretName "") }}
{{- end -}}
