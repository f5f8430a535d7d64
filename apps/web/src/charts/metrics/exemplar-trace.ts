const TRACE_LABELS = ['trace_id', 'traceID', 'traceId', 'TraceID'] as const;

/** The trace that an exemplar's labels name, by whichever name its library gives it. */
export function exemplarTrace(labels: Readonly<Record<string, string>>): string | undefined {
  return TRACE_LABELS.map((label) => labels[label]).find((id) => id !== undefined && id !== '');
}
