import { SPAN_KINDS, SPAN_MARKS, type TraceColumns } from '@aegisguard/model';
import type { TraceTree } from './trace-tree.ts';

const PRODUCER = SPAN_KINDS.indexOf('producer');
const CONSUMER = SPAN_KINDS.indexOf('consumer');

/**
 * 1 for each span that its parent does not wait for. OpenTelemetry has no reference that says so; as in Jaeger UI (`CriticalPath/utils/cpspan.ts`), the consumer of what its parent produced is one. OpenTracing's FOLLOWS_FROM arrives as a
 * parent with a link to the same span: https://opentelemetry.io/docs/specs/semconv/registry/attributes/opentracing/
 */
export function asyncChildren({ kinds, marks }: TraceColumns, { parent }: TraceTree): Uint8Array {
  return Uint8Array.from(parent, (above, index) => {
    const isConsumer = kinds[index] === CONSUMER && kinds[above] === PRODUCER;
    return above !== -1 && (isConsumer || ((marks[index] ?? 0) & SPAN_MARKS.follows) !== 0) ? 1 : 0;
  });
}
