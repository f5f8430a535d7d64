import { tracePath } from '../../../app/paths.ts';
import { exemplarTrace } from '../../../charts/metrics/exemplar-trace.ts';

/** A trace with one of its spans open. */
export function spanPath(orgId: string, traceId: string, spanId: string): string {
  return `${tracePath(orgId, traceId)}?${new URLSearchParams({ span: spanId })}`;
}

/** The trace that an exemplar's labels name, by whichever name its library gives it, with the span that they name open. */
export function exemplarPath(orgId: string, labels: Readonly<Record<string, string>>): string {
  return spanPath(orgId, exemplarTrace(labels) ?? '', labels.span_id ?? '');
}

const TRACE_ID = /^(?:[0-9a-f]{16}|[0-9a-f]{32})$/i;
const NO_ID = /^0+$/;

/** The trace id that a text is, as people paste one or write it in a log; undefined for any other text. */
export function pastedTraceId(text: string): string | undefined {
  const trimmed = text.trim();
  return TRACE_ID.test(trimmed) && !NO_ID.test(trimmed) ? trimmed.toLowerCase().padStart(32, '0') : undefined;
}
