import type { JsonObject, JsonValue } from '@aegisguard/model';
import { datadogId, type FoundIds, type IdForm, readHeader, readTrace, spanIdOf, traceIdOf } from './read-ids.ts';

/** Attributes nested deeper are not looked through: `{http: {request: {headers: {traceparent}}}}` is the deepest that is usual. */
const DEPTH_MAX = 4;

/** A name of two words as loggers spell it: `trace_id`, `traceId`, `TraceID`, `trace.id` … */
function spellings(first: string, second: string): readonly string[] {
  const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  const lower = ['_', '.', '-', ''].map((separator) => `${first}${separator}${second}`);
  return [
    ...lower,
    ...lower.map((name) => name.toUpperCase()),
    `${first}${capital(second)}`,
    `${first}${second.toUpperCase()}`,
    `${capital(first)}${capital(second)}`,
    `${capital(first)}${second.toUpperCase()}`,
    `${capital(first)}-${capital(second)}`,
  ];
}

const HEADERS = ['traceparent', 'b3', 'uber-trace-id', 'x-amzn-trace-id', 'x-cloud-trace-context', 'sentry-trace'];
const TRACES = [
  ...spellings('trace', 'id'),
  ...['x-trace-id', 'X-Trace-Id', 'x-b3-traceid', 'X-B3-TraceId', 'X-B3-Traceid', 'otelTraceID', 'dt.trace_id', '@tr'],
  ...[
    'logging.googleapis.com/trace',
    'operation_Id',
    'operationId',
    'xrayTraceId',
    'xray_trace_id',
    'AWS-XRAY-TRACE-ID',
  ],
];
const SPANS = [
  ...spellings('span', 'id'),
  ...['x-b3-spanid', 'X-B3-SpanId', 'X-B3-Spanid', 'otelSpanID', 'dt.span_id', '@sp', 'logging.googleapis.com/spanId'],
  // Elastic's: the span's part is played by the transaction where there is no span.
  ...spellings('transaction', 'id'),
];

function capitalized(header: string): string {
  return header.replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}

const FORM_OF_NAME: ReadonlyMap<string, IdForm> = new Map<string, IdForm>([
  ...TRACES.map((name) => [name, 'trace'] as const),
  ...SPANS.map((name) => [name, 'span'] as const),
  ...HEADERS.flatMap((name) =>
    [name, capitalized(name), name.replaceAll('-', '_'), name.toUpperCase()].map(
      (spelling) => [spelling, 'header'] as const,
    ),
  ),
  ['dd.trace_id', 'datadog-trace'],
  ['dd_trace_id', 'datadog-trace'],
  ['dd.span_id', 'datadog-span'],
  ['dd_span_id', 'datadog-span'],
  ['_dd.p.tid', 'datadog-high'],
  ['dd.p.tid', 'datadog-high'],
]);
/** The name of an object → what its member `id` is. */
const FORM_OF_PARENT: ReadonlyMap<string, IdForm> = new Map<string, IdForm>([
  ['trace', 'trace'],
  ['span', 'span'],
  ['transaction', 'span'],
]);

/** A longer value is no id. */
const VALUE_LENGTH_MAX = 512;

/** Texts; numbers that are exact; the first of several values of a header. */
function textOf(value: JsonValue | undefined): string {
  if (typeof value === 'string') {
    return value.length <= VALUE_LENGTH_MAX ? value : '';
  }
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? String(value) : '';
  }
  return Array.isArray(value) && typeof value[0] === 'string' ? textOf(value[0]) : '';
}

/** What has been found so far; the first of each kind stays. */
class IdCollector {
  traceId = '';
  spanId = '';
  private datadogTrace = '';
  private datadogHigh = '';
  private datadogSpan = '';

  take(form: IdForm, text: string): void {
    switch (form) {
      case 'trace':
        this.takeIds(readTrace(text));
        break;
      case 'header':
        this.takeIds(readHeader(text));
        break;
      case 'span':
        this.spanId ||= spanIdOf(text);
        break;
      case 'datadog-trace':
        this.datadogTrace ||= datadogId(text);
        break;
      case 'datadog-span':
        this.datadogSpan ||= datadogId(text);
        break;
      case 'datadog-high':
        this.datadogHigh ||= spanIdOf(text);
        break;
    }
  }

  private takeIds(ids: FoundIds | undefined): void {
    if (ids !== undefined) {
      this.traceId ||= ids.traceId;
      this.spanId ||= ids.spanId;
    }
  }

  /** The upper half of Datadog's id is a tag of its own. */
  result(): FoundIds | undefined {
    const half = this.datadogTrace.length === 16 ? `${this.datadogHigh}${this.datadogTrace}` : this.datadogTrace;
    const traceId = this.traceId || traceIdOf(half);
    return traceId === '' ? undefined : { traceId, spanId: this.spanId || spanIdOf(this.datadogSpan) };
  }
}

function collect(object: JsonObject, parent: string, depth: number, collector: IdCollector): IdCollector | undefined {
  let found: IdCollector | undefined;
  const isDatadog = parent === 'dd';
  for (const name in object) {
    const form = name === 'id' ? FORM_OF_PARENT.get(parent) : FORM_OF_NAME.get(name);
    const value = object[name];
    if (form !== undefined) {
      collector.take(
        isDatadog && form === 'trace' ? 'datadog-trace' : isDatadog && form === 'span' ? 'datadog-span' : form,
        textOf(value),
      );
      found = collector;
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < DEPTH_MAX) {
      found = collect(value, name, depth + 1, collector) ?? found;
    }
  }
  return found;
}

/** The ids that attributes have under a usual name, at any usual depth; `undefined` when they name no trace. */
export function idsOfAttributes(attributes: JsonObject): FoundIds | undefined {
  return collect(attributes, '', 0, new IdCollector())?.result();
}
