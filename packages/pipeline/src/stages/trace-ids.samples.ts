import type { JsonObject } from '@aegisguard/model';

/** Trace and span ids as clients send them, with the form that is stored. */
export const TRACE_ID_SAMPLES: readonly (readonly [sent: string, stored: string])[] = [
  ['0af7651916cd43dd8448eb211c80319c', '0af7651916cd43dd8448eb211c80319c'],
  ['0AF7651916CD43DD8448EB211C80319C', '0af7651916cd43dd8448eb211c80319c'],
  ['0af76519-16cd-43dd-8448-eb211c80319c', '0af7651916cd43dd8448eb211c80319c'],
  ['0AF76519-16CD-43DD-8448-EB211C80319C', '0af7651916cd43dd8448eb211c80319c'],
  ['0xB7AD6B7169203331', 'b7ad6b7169203331'],
  [' b7ad6b7169203331\n', 'b7ad6b7169203331'],
  // Datadog's decimal ids are digits and stay.
  ['7245392041138927143', '7245392041138927143'],
  // No trace: https://www.w3.org/TR/trace-context/#trace-id calls the all-zero id invalid.
  ['00000000000000000000000000000000', ''],
  ['0000000000000000', ''],
  ['00000000-0000-0000-0000-000000000000', ''],
  ['', ''],
  // Not hex: as it was sent.
  ['Root=1-67891233-abcdef012345678912345678', 'Root=1-67891233-abcdef012345678912345678'],
  ['abc-def', 'abc-def'],
  ['Request 17', 'Request 17'],
  ['Ünïcode', 'Ünïcode'],
];

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
/** The lower half of the trace's id, in decimal as Datadog has it, and the span's id. */
const DATADOG_TRACE = '11803532876627986230';
const DATADOG_SPAN = '67667974448284343';
const XRAY = '1-4bf92f35-77b34da6a3ce929d0e0e4736';
const HALF = '0000000000000000a3ce929d0e0e4736';

/** Attributes that name a trace, with the ids that are found. */
export const ATTRIBUTE_ID_SAMPLES: readonly (readonly [attributes: JsonObject, traceId: string, spanId: string])[] = [
  [{ trace_id: TRACE, span_id: SPAN }, TRACE, SPAN],
  [{ traceId: TRACE, spanId: SPAN }, TRACE, SPAN],
  [{ TraceID: TRACE.toUpperCase() }, TRACE, ''],
  [{ 'trace.id': TRACE, 'transaction.id': SPAN }, TRACE, SPAN],
  [{ trace: { id: TRACE }, span: { id: SPAN } }, TRACE, SPAN],
  [{ otelTraceID: TRACE, otelSpanID: SPAN }, TRACE, SPAN],
  [{ trace_id: '4bf92f35-77b3-4da6-a3ce-929d0e0e4736' }, TRACE, ''],
  [{ traceparent: `00-${TRACE}-${SPAN}-01` }, TRACE, SPAN],
  [{ http: { request: { headers: { traceparent: [`00-${TRACE}-${SPAN}-01`] } } } }, TRACE, SPAN],
  [{ b3: `${TRACE}-${SPAN}-1-${SPAN}` }, TRACE, SPAN],
  [{ 'X-B3-TraceId': 'a3ce929d0e0e4736', 'X-B3-SpanId': SPAN }, HALF, SPAN],
  [{ 'uber-trace-id': 'a3ce929d0e0e4736:67aa0ba902b7:0:1' }, HALF, '000067aa0ba902b7'],
  [{ 'X-Amzn-Trace-Id': `Root=${XRAY};Parent=${SPAN};Sampled=1` }, TRACE, SPAN],
  [{ xray_trace_id: XRAY }, TRACE, ''],
  [{ 'sentry-trace': `${TRACE}-${SPAN}-1` }, TRACE, SPAN],
  [
    { 'logging.googleapis.com/trace': `projects/shop/traces/${TRACE}`, 'logging.googleapis.com/spanId': SPAN },
    TRACE,
    SPAN,
  ],
  [{ 'X-Cloud-Trace-Context': `${TRACE}/${DATADOG_SPAN};o=1` }, TRACE, SPAN],
  [{ 'dd.trace_id': DATADOG_TRACE, 'dd.span_id': DATADOG_SPAN }, HALF, SPAN],
  [{ dd: { trace_id: DATADOG_TRACE, span_id: DATADOG_SPAN }, '_dd.p.tid': '4bf92f3577b34da6' }, TRACE, SPAN],
  [{ 'dd.trace_id': TRACE, 'dd.span_id': DATADOG_SPAN }, TRACE, SPAN],
  [{ 'dd.trace_id': 42 }, '0000000000000000000000000000002a', ''],
  // None.
  [{ trace_id: '0'.repeat(32) }, '', ''],
  [{ trace_id: 'Request 17', span_id: SPAN }, '', ''],
  [{ trace_id: 'f'.repeat(31) }, '', ''],
  [{ b3: '0' }, '', ''],
  [{ 'dd.trace_id': '99999999999999999999' }, '', ''],
  [{ trace_id: { id: 1 }, traceId: null, b3: [] }, '', ''],
  [{ request_id: TRACE, id: TRACE }, '', ''],
  [{ trace_id: `${TRACE}${' '.repeat(1000)}` }, '', ''],
];

/** Messages that name a trace. */
export const MESSAGE_ID_SAMPLES: readonly (readonly [message: string, traceId: string, spanId: string])[] = [
  [`paid trace_id=${TRACE} span_id=${SPAN}`, TRACE, SPAN],
  [`paid, traceID: ${TRACE}, spanID: ${SPAN}.`, TRACE, SPAN],
  [`span_id=${SPAN} trace_id=${TRACE.toUpperCase()}`, TRACE, SPAN],
  [`[trace-id: ${TRACE}] paid`, TRACE, ''],
  [`TRACE_ID=${TRACE}`, TRACE, ''],
  [`cut off {"traceId":"${TRACE}","x`, TRACE, ''],
  [`quoted {\\"trace_id\\":\\"${TRACE}\\"}`, TRACE, ''],
  [`traceparent: 00-${TRACE}-${SPAN}-01`, TRACE, SPAN],
  [`X-Amzn-Trace-Id=Root=${XRAY};Parent=${SPAN};Sampled=1`, TRACE, SPAN],
  [`REPORT Duration: 3 ms XRAY TraceId: ${XRAY} SegmentId: ${SPAN}`, TRACE, ''],
  [`[dd.service=a dd.env=b dd.trace_id=${DATADOG_TRACE} dd.span_id=${DATADOG_SPAN}] paid`, HALF, SPAN],
  [`2026-11-26 14:03:05.123  INFO [checkout,${TRACE},${SPAN}] 1 --- [main] c.e.Pay : paid`, TRACE, SPAN],
  [`INFO 1 --- [checkout] [nio-1] [${TRACE}-${SPAN}] c.e.Pay : paid`, TRACE, SPAN],
  [`stack trace: none, trace: off, traceId= , trace_id=${TRACE}`, TRACE, ''],
  // None.
  ['stack trace: none', '', ''],
  [`race_id=${TRACE}`, '', ''],
  [`commit ${TRACE}`, '', ''],
  [`trace_id=${TRACE}0`, '', ''],
  [`trace_id=${'0'.repeat(32)}`, '', ''],
  ['trace_id='.repeat(20), '', ''],
  ['once upon a place', '', ''],
];
