import { describe, expect, it } from 'vitest';
import { parseLogQuery } from '../../syntax/parse-query.ts';
import { planSelection } from './plan-selection.ts';

const ESCAPED = ['\\', '\ufffd'];

function hints(query: string): unknown {
  return planSelection(parseLogQuery(query)).hints.map(({ texts, matchers }) => [
    texts,
    matchers.map(({ name, op, value }) => `${name}${op}${value}`),
  ]);
}

describe('hints', () => {
  it.each([
    ['{a="b"} | json | status="500"', [[['500', ...ESCAPED], ['status=500']]]],
    [
      '{a="b"} | logfmt | status="500", method="GET"',
      [
        [['500', ...ESCAPED], ['status=500']],
        [['GET', ...ESCAPED], ['method=GET']],
      ],
    ],
    [
      '{a="b"} | json | x="1" or y="2"',
      [
        [
          ['1', ...ESCAPED, '2'],
          ['x=1', 'y=2'],
        ],
      ],
    ],
    ['{a="b"} | unpack | json | x="1"', [[['1', ...ESCAPED], ['x=1']]]],
    ['{a="b"} | level="error"', [[[], ['level=error']]]],
    ['{a="b"} | x="1" or y="2"', [[[], ['x=1', 'y=2']]]],
    ['{a="b"} | decolorize | level="error"', [[[], ['level=error']]]],
  ])('of %s', (query, expected) => {
    expect(hints(query)).toEqual(expected);
  });

  it.each([
    '{a="b"} | x="1"',
    '{a="b"} | json | status!="500"',
    '{a="b"} | json | status=~"5.."',
    '{a="b"} | json | status=500',
    '{a="b"} | json | status=""',
    '{a="b"} | json | x="1" or y!="2"',
    '{a="b"} | json | __error__="JSONParserErr"',
    '{a="b"} | json | x_extracted="1"',
    '{a="b"} | label_format x="1" | x="1"',
    '{a="b"} | line_format "x=1" | logfmt | x="1"',
    '{a="b"} | decolorize | logfmt | x="1"',
    '{a="b"} | json | label_format x="{{.y}}" | logfmt | z="1"',
  ])('none of %s', (query) => {
    expect(hints(query)).toEqual([]);
  });
});
