import { parseOrgId } from '@aegisguard/model';
import { parseQuery } from '@aegisguard/promql';
import { ReferenceMetricReader } from '@aegisguard/testkit';
import { expect, it } from 'vitest';
import { readExemplars } from './read-exemplars.ts';
import { selectorsIn } from './read-selectors.ts';

const ORG = parseOrgId('018f0000-0000-7000-8000-000000000001');
const seriesOf = (name: string, count: number) => ({
  labels: [['__name__', name]] as const,
  exemplars: Array.from({ length: count }, () => ({ timestampMs: 1000, value: 1, labels: [] })),
});
const few = seriesOf('few', 2);
const metrics = new ReferenceMetricReader(
  new Map([[ORG, { series: [], exemplars: [few, seriesOf('many', 60_000), seriesOf('more', 60_000)] }]]),
);
const read = (query: string, timeoutMs = 1000) =>
  readExemplars(
    metrics,
    ORG,
    selectorsIn(parseQuery(query)),
    { startMs: 1000, endMs: 1000 },
    {
      signal: new AbortController().signal,
      timeoutMs,
    },
  );

it('a series that several selectors select is there once', async () => {
  expect(await read('few + rate(few[5m]) - {__name__=~"f.*"}')).toEqual([few]);
  expect(await read('1')).toEqual([]);
});

it('all selectors together have bounds', async () => {
  expect(await read('many or {__name__="many"}')).toHaveLength(1);
  await expect(read('many or more')).rejects.toMatchObject({ code: 'query-too-large' });
  const crowd = Array.from({ length: 101 }, (_, at) => `a${at}`).join('+');
  await expect(read(crowd)).rejects.toMatchObject({ code: 'query-too-large' });
});
