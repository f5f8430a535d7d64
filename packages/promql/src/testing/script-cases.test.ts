import { ReferenceMetricReader } from '@aegisguard/testkit';
import { expect, it } from 'vitest';
import { SCRIPT_ORG } from './check-evaluation.ts';
import { parseScript } from './parse-script.ts';
import { parseValueSequence } from './parse-value-sequence.ts';
import { scriptCases } from './script-cases.ts';

// What the runner refuses: an expectation that is not met must be a failure.

const LOAD = `load 1m
  m{k="a"} 1 2 3
  m{k="b"} 4 5 6
  h {{schema:0 sum:1 count:1 buckets:[1]}} {{schema:0 sum:2 count:2 buckets:[2]}}

`;

async function run(evaluation: string): Promise<void> {
  const openReader = (
    series: ConstructorParameters<typeof ReferenceMetricReader>[0] extends ReadonlyMap<unknown, { series: infer S }>
      ? S
      : never,
  ) => new ReferenceMetricReader(new Map([[SCRIPT_ORG, { series }]]));
  for (const one of scriptCases(`${LOAD}${evaluation}\n`, openReader)) {
    await one.run();
  }
}

it.each([
  ['eval instant at 1m m\n m{k="a"} 2\n m{k="b"} 5'],
  ['eval range from 0 to 2m step 1m sum(m)\n {} 5 7 9'],
  ['eval instant at 1m 1 + 1\n 2'],
  ['eval instant at 1m "x"\n expect string "x"'],
  ['eval instant at 2m m{k="a"}[2m]\n expect range vector from 1m to 2m step 1m\n m{k="a"} 2 3'],
  ['eval_fail instant at 0 m + on() m'],
  ['eval_ordered instant at 0 sort_desc(m)\n m{k="b"} 4\n m{k="a"} 1'],
  ['eval_fail instant at 0 m + on() m\n expected_fail_regexp found duplicate series'],
  ['eval instant at 1m h\n h {{schema:0 sum:2 count:2 buckets:[2]}}'],
])('%s holds', async (evaluation) => {
  await expect(run(evaluation)).resolves.toBeUndefined();
});

it.each([
  ['eval instant at 1m m\n m{k="a"} 2', /is not expected/],
  ['eval instant at 1m m{k="a"}\n m{k="a"} 2\n m{k="c"} 2', /is missing/],
  ['eval instant at 1m m{k="a"}\n m{k="a"} 2.00001', /is 2, not 2.00001/],
  ['eval instant at 1m m{k="a"}', /is not expected/],
  ['eval range from 0 to 2m step 1m sum(m)\n {} 5 _ 9', /is 7, not undefined/],
  ['eval range from 0 to 2m step 1m sum(m)\n {} 5 7', /that is not expected/],
  ['eval instant at 1m 1 + 1\n 3', /the number is 2/],
  ['eval instant at 1m "x"\n expect string "y"', /the text is "x"/],
  ['eval instant at 0 m\n expect fail', /a failure was expected/],
  ['eval instant at 0 m + on() m\n expect fail msg: other', /the failure is "found/],
  ['eval instant at 0 m + on() m', /found duplicate series/],
  ['eval instant at 0 sum(m)\n expect warn\n {} 5', /is missing among/],
  ['eval instant at 0 rate(m[1m])\n expect no_warn\n {k="a"} 1', /is missing/],
  ['eval range from 0 to 1m step 1m sort(m{k="a"})\n expect no_warn\n m{k="a"} 1 2', /no warning was expected/],
  ['eval range from 0 to 1m step 1m sort(m{k="a"})\n expect warn msg: other\n m{k="a"} 1 2', /is missing among/],
  ['eval instant at 0 sort_desc(m)\n expect ordered\n m{k="a"} 1\n m{k="b"} 4', /the order is/],
  ['eval instant at 1m h\n h {{schema:0 sum:2 count:2 buckets:[1 1]}}', /not \{count:2/],
  ['eval instant at 1m h\n h {{schema:0 sum:2 count:2 buckets:[2] counter_reset_hint:gauge}}', /\(not-reset\)/],
  ['eval instant at 1m h\n h 2', /not 2/],
])('%s does not hold', async (evaluation, message) => {
  await expect(run(evaluation)).rejects.toThrow(message);
});

it.each([
  ['load 1m\n m 1 2x'],
  ['load 1m\n m {{schema:0 schema:0}}'],
  ['load 1m\n m@st -1m\n m 1 2'],
  ['eval instant at 0 m\n expect warn\n expect no_warn'],
  ['evaluate m'],
])('%s is malformed', (script) => {
  expect(() => parseScript(script)).toThrow(/^line 1/);
});

it.each([
  ['1 -2 .5 1e3 Inf -Inf', [1, -2, 0.5, 1000, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
  ['_ 1 _x2 stale', [undefined, 1, undefined, undefined, 'stale']],
  ['1x2 1+2x2 10-3x2 -1+1x1', [1, 1, 1, 1, 3, 5, 10, 7, 4, -1, 0]],
  ['52+0x100', [...new Array<number>(101).fill(52)]],
  ['5m', [300]],
])('the values of %s', (text, values) => {
  expect(parseValueSequence(text)).toEqual(values);
});

it('start times stand before their series', () => {
  const [load] = parseScript('load 1m\n  m{a="b"}@st -1m+10sx1 _ 0\n  m{a="b"} 1 2 3 4');
  expect(load).toMatchObject({
    series: [
      {
        labels: [
          ['__name__', 'm'],
          ['a', 'b'],
        ],
        starts: [-60_000, -50_000, undefined, 0],
      },
    ],
  });
});
