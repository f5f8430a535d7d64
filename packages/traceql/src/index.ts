export type { TraceQuery } from './syntax/ast/trace-query.ts';
export { parseFieldName, parseQuery } from './syntax/parse-query.ts';
export { printQuery } from './syntax/print/print-query.ts';
