export type { ShownField, SpansetAttribute } from './evaluate/spanset.ts';
export type { FoundSpan, FoundSpans, FoundSpanset, FoundTrace } from './search/found-trace.ts';
export { type FoundTraces, searchTraces, type TracePlace, type TraceQuest } from './search/search-traces.ts';
export type { TraceQuery } from './syntax/ast/trace-query.ts';
