export type { TraceQuery } from './syntax/ast/trace-query.ts';
