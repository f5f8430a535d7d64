import { LogPipelines } from '@aegisguard/model';
import { isAlias, LineCounter, parseDocument, stringify, visit } from 'yaml';
import { problemWords } from '../fields/problem-words.ts';

/** How the document is written. */
export const TEXT_FORMATS = ['yaml', 'json'] as const;

/** One of them. */
export type TextFormat = (typeof TEXT_FORMATS)[number];

/** What is wrong with a text, and where. */
export interface TextProblem {
  /** `line 3`, `rules.0.steps`; empty for the text as a whole. */
  readonly place: string;
  readonly message: string;
}

/** A text that has been read. */
export type ReadText = { readonly document: LogPipelines } | { readonly problems: readonly TextProblem[] };

const PROBLEMS_MAX = 20;
const LINE_WIDTH = 120;

/** A document as a text; expressions stay on one line. */
export function writeDocument(document: object, format: TextFormat): string {
  return format === 'json'
    ? `${JSON.stringify(document, null, 2)}\n`
    : stringify(document, { lineWidth: 0, minContentWidth: LINE_WIDTH });
}

/** Reads YAML, of which JSON is a part. */
export function readDocument(text: string): ReadText {
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (parsed.errors.length > 0) {
    return {
      problems: parsed.errors
        .slice(0, PROBLEMS_MAX)
        .map(({ pos, message }) => ({ place: `line ${lines.linePos(pos[0]).line}`, message: `${message}.` })),
    };
  }
  let hasAlias = false;
  visit(parsed, {
    Node: (_, node) => {
      hasAlias ||= isAlias(node);
    },
  });
  if (hasAlias) {
    return { problems: [{ place: '', message: 'Write it without references (*name): they are not kept.' }] };
  }
  const { data, error } = LogPipelines.safeParse(parsed.toJS() ?? {}, { error: problemWords });
  return data === undefined
    ? {
        problems: (error?.issues ?? [])
          .slice(0, PROBLEMS_MAX)
          .map(({ path, message }) => ({ place: path.join('.'), message })),
      }
    : { document: data };
}
