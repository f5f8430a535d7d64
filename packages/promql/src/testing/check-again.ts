// The two ways in which Prometheus's runner evaluates every instant query again.
import type { MetricReader } from '@aegisguard/model';
import type { EvaluatedSeries } from '../evaluate/evaluated-series.ts';
import type { QueryResult } from '../evaluate/query-result.ts';
import { parseQuery } from '../syntax/parse-query.ts';
import { checkData, checkFailure, evaluateForScript } from './check-evaluation.ts';
import { fixedAt } from './fixed-at.ts';
import type { EvaluationCommand } from './script-command.ts';

const MINUTE_MS = 60_000;
/** What is about the query's own window, which differs when it is evaluated otherwise. */
const OF_THE_QUERY = /\b(?:start|end|range|step)\(\)/;

/** Throws unless the query gives the same as the middle of a range. */
export async function checkAsMiddle(reader: MetricReader, command: EvaluationCommand): Promise<void> {
  const { expected, isInstant, query, window } = command;
  const isLikewise = !expected.isOrdered && expected.text === undefined && expected.rangeVector === undefined;
  if (!isInstant || !isLikewise || OF_THE_QUERY.test(query)) {
    return;
  }
  const { startMs } = window;
  const around = { startMs: startMs - MINUTE_MS, endMs: startMs + MINUTE_MS, stepMs: MINUTE_MS };
  await check(command, 'as the middle of a range', async () =>
    middleOf(await evaluateForScript(reader, query, around, true), startMs, expected.scalar !== undefined),
  );
}

/** Throws unless the query gives the same at any time when its own time is written into it. */
export async function checkAtAnyTime(reader: MetricReader, command: EvaluationCommand): Promise<void> {
  const { expected, isInstant, query, window } = command;
  const fixed = isInstant && expected.fail === undefined ? fixedAt(parseQuery(query), window.startMs) : undefined;
  if (fixed === undefined || OF_THE_QUERY.test(query)) {
    return;
  }
  const { startMs } = window;
  const times = startMs === 0 ? [-1000, 0, 1000] : [-10 * startMs, 0, startMs / 5, startMs, 10 * startMs];
  for (const timeMs of times.map(Math.floor)) {
    const at = { startMs: timeMs, endMs: timeMs, stepMs: 1 };
    const moved = { ...command, window: at };
    await check(moved, `with @ at ${timeMs} ms`, () => evaluateForScript(reader, fixed, at, false));
  }
}

async function check(command: EvaluationCommand, how: string, run: () => Promise<QueryResult>): Promise<void> {
  try {
    if (command.expected.fail === undefined) {
      checkData(await run(), command);
    } else {
      checkFailure(await run().catch((error: unknown) => error), { kind: 'any' });
    }
  } catch (error) {
    throw new Error(`${how}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** The points of a range query at one time, as an instant query gives them. */
function middleOf(result: QueryResult, timeMs: number, isScalar: boolean): QueryResult {
  const { data } = result;
  if (data.resultType !== 'matrix') {
    throw new Error(`a range query gave a ${data.resultType}`);
  }
  const series = data.series.flatMap((one): EvaluatedSeries[] => {
    const index = one.timestampsMs.indexOf(timeMs);
    const histograms = one.histograms.filter(({ timestampMs }) => timestampMs === timeMs);
    return index === -1 && histograms.length === 0
      ? []
      : [
          {
            labels: one.labels,
            timestampsMs: index === -1 ? new Float64Array() : Float64Array.of(timeMs),
            values: index === -1 ? new Float64Array() : Float64Array.of(one.values[index] ?? 0),
            histograms,
          },
        ];
  });
  const value = series[0]?.values[0];
  return isScalar && value !== undefined
    ? { ...result, data: { resultType: 'scalar', timestampMs: timeMs, value } }
    : { ...result, data: { resultType: 'vector', series } };
}
