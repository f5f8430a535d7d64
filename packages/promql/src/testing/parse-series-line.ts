// A line `metric{label="value"} 1 2 3` of https://github.com/prometheus/prometheus/tree/main/promql/promqltest
import type { Labels } from '@aegisguard/model';
import { unquote } from '../syntax/unquote.ts';

/** A series' labels and what stands behind them. */
export interface SeriesLine {
  readonly labels: Labels;
  readonly rest: string;
}

const NAME = /[^\s{"'`@]*/y;
const QUOTED = [String.raw`"(?:\\.|[^"\\])*"`, String.raw`'(?:\\.|[^'\\])*'`, '`[^`]*`'].join('|');
const ENTRY = new RegExp(
  String.raw`\s*(?:(?<name>[a-zA-Z_:][\w:.]*)|(?<quoted>${QUOTED}))\s*(?:=\s*(?<value>${QUOTED}))?\s*(?:,|(?=\}))\s*`,
  'y',
);

/** Reads the line; throws when it does not begin with a series. */
export function parseSeriesLine(line: string): SeriesLine {
  NAME.lastIndex = 0;
  const name = NAME.exec(line)?.[0] ?? '';
  const pairs: [string, string][] = name === '' ? [] : [['__name__', name]];
  let at = name.length + (line.slice(name.length).length - line.slice(name.length).trimStart().length);
  if (line[at] !== '{' || line[at + 1] === '{') {
    at = name.length;
  } else {
    at += 1 + (line.slice(at + 1).length - line.slice(at + 1).trimStart().length);
    for (; line[at] !== '}'; at = ENTRY.lastIndex) {
      ENTRY.lastIndex = at;
      const found = ENTRY.exec(line)?.groups;
      if (found === undefined) {
        throw new Error(`no series: ${line}`);
      }
      const key = found.name ?? text(found.quoted ?? '');
      pairs.push(found.value === undefined ? ['__name__', key] : [key, text(found.value)]);
    }
    at += 1;
  }
  if (at === 0) {
    throw new Error(`no series: ${line}`);
  }
  const labels = pairs.filter(([, value]) => value !== '').sort(([a], [b]) => (a < b ? -1 : 1));
  return { labels, rest: line.slice(at) };
}

function text(quoted: string): string {
  return unquote({ kind: 'string', text: quoted, word: quoted, from: 0, to: quoted.length });
}
