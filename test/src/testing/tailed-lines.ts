import type { Random } from '@aegisguard/testkit';

const SERVICES = ['api', 'cart', 'pay'] as const;
const WORDS = ['alpha', 'beta', 'gamma', 'delta'] as const;
const LEVELS = ['info', 'warn', 'error'] as const;
const REGIONS = ['eu', 'us'] as const;

/** A line that is sent, and what it was made of. */
export interface TailedLine {
  readonly id: string;
  readonly of: string;
  readonly service: string;
  readonly level: string;
  readonly word: string;
  readonly region: string;
  readonly n: number;
  readonly tookMs: number;
}

/** A query, and which lines of an organization it selects. */
export interface TailCase {
  readonly query: string;
  readonly fits: (line: TailedLine) => boolean;
}

/** Filters of every kind: columns, attributes, texts, expressions, parsers and what they find, and a line that is written anew. */
export const TAIL_CASES: readonly TailCase[] = [
  { query: '{service="api"} |= "alpha"', fits: ({ service, word }) => service === 'api' && word === 'alpha' },
  {
    query: '{service=~"api|pay", level!="info"}',
    fits: ({ service, level }) => service !== 'cart' && level !== 'info',
  },
  {
    query: '{level="error", service!="cart"} | logfmt | num > 50',
    fits: ({ level, service, n }) => level === 'error' && service !== 'cart' && n > 50,
  },
  {
    query: '{service!="api"} !~ "alpha|beta" | n <= 30',
    fits: ({ service, word, n }) => service !== 'api' && word !== 'alpha' && word !== 'beta' && n <= 30,
  },
  {
    query: '{region="eu", service="pay"} | logfmt | took > 500ms | line_format "id={{.id}}"',
    fits: ({ region, service, tookMs }) => region === 'eu' && service === 'pay' && tookMs > 500,
  },
  {
    query: '{service="cart"} | json | word="gamma" or num < 10',
    fits: ({ service, word, n }) => service === 'cart' && (word === 'gamma' || n < 10),
  },
  {
    query: '{service="api"} | pattern "of=<_> id=<_> word=<w> <_>" | w=~"al.*|delta"',
    fits: ({ service, word }) => service === 'api' && (word === 'alpha' || word === 'delta'),
  },
];

/** A line of an organization at random. */
export function newLine(random: Random, of: string, id: string): TailedLine {
  return {
    id,
    of,
    service: random.pick(SERVICES),
    level: random.pick(LEVELS),
    word: random.pick(WORDS),
    region: random.pick(REGIONS),
    n: random.below(100),
    tookMs: random.below(1000),
  };
}

/** It as a log: one service writes JSON, the others logfmt. */
export function logOf({ id, of, service, level, word, region, n, tookMs }: TailedLine): object {
  const fields = { of, id, word, num: n, took: `${tookMs}ms` };
  const message =
    service === 'cart'
      ? JSON.stringify(fields)
      : Object.entries(fields)
          .map(([name, value]) => `${name}=${value}`)
          .join(' ');
  return { service, level, message, attributes: { n, region } };
}

/** The id of the line that a text is, also one that a query has written anew. */
export function idIn(text: string): string {
  return /\bid(?:=|":")(?<id>[\w-]+)/.exec(text)?.groups?.id ?? `none in ${text}`;
}
