// The language alone: what the browser needs, without the evaluation.
export { parseQuery } from './parse-query.ts';
