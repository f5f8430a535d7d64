import type { PipelineFields } from '../fields/pipeline-fields.ts';
import type { PreviewBody } from '../pipelines-api.ts';

/** Which logs rules are tried on. */
export const PREVIEW_SOURCES = {
  rule: 'Logs of the open rule, or the newest',
  all: 'The newest logs',
  query: 'Logs of a query',
  lines: 'Lines of your own',
} as const;

/** Where logs to try come from, and what they are. */
export interface PreviewSource {
  readonly kind: keyof typeof PREVIEW_SOURCES;
  readonly query: string;
  readonly lines: string;
  readonly limit: number;
}

/** How many logs may be asked for. */
export const PREVIEW_LIMITS = [5, 10, 20] as const;

/** What is tried first. */
export const FIRST_SOURCE: PreviewSource = { kind: 'rule', query: '{}', lines: '', limit: PREVIEW_LIMITS[0] };

/** Of stored logs those of the last day. */
const START = 'now-24h';
/** The API takes so many lines, and so many UTF-16 units of each. */
const LINES_MAX = 20;
const LINE_LENGTH_MAX = 20_000;

/** What is asked of the API, but for the rules; undefined where there is nothing to ask. */
export function askedLogs(
  { kind, query, lines, limit }: PreviewSource,
  { rules }: PipelineFields,
  open: number | undefined,
): Pick<PreviewBody, 'lines' | 'query' | 'start' | 'limit'> | undefined {
  if (kind === 'lines') {
    const written = lines
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => line.slice(0, LINE_LENGTH_MAX));
    return written.length === 0 ? undefined : { lines: written.slice(0, LINES_MAX) };
  }
  const ofRule = open === undefined ? undefined : rules[open]?.selector;
  const asked = kind === 'rule' ? (ofRule ?? '') : kind === 'query' ? query : '';
  return { query: asked.trim() === '' ? '{}' : asked, start: START, limit };
}
