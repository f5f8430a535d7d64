import { compilePipeline, parseLogQuery } from '@aegisguard/logql';
import { type LogLine, logLabels } from '@aegisguard/model';
import { LogShapes } from './log-shapes.ts';
import type { BenchRow } from './table.ts';

const ROWS = 20_000;
const RUNS = 9;
/** Pipelines, with the labels that are asked for behind them where it is not all. */
const PIPELINES: readonly (readonly [stages: string, neededLabels?: readonly string[]])[] = [
  ['|= "completed"'],
  ['|= "status" | service_name=~"c.*" | level="info"'],
  ['|~ "status.*50[0-9]"'],
  ['|~ "(?i)timed out|refused"'],
  ['|= ip("10.0.0.0/8")'],
  ['| json'],
  ['| json | status >= 500', ['route']],
  ['| json status="status", route="route"'],
  ['| logfmt'],
  ['| logfmt | level="error"', ['level']],
  ['| pattern "<address> - <_> [<_>] \\"<method> <path> <_>\\" <status> <_>"'],
  ['| regexp "(?P<method>[A-Z]{3,6}) (?P<path>/[^ ]*)"'],
  ['| json | line_format "{{.level}} {{.msg}}"'],
];

/** What the stages of LogQL cost a log, in one thread: logs of all shapes, read beforehand. */
export function benchLogStages(): Promise<BenchRow[]> {
  const logs = new LogShapes()
    .batch(0n, 1n, ROWS)
    .map((log): LogLine => ({ timestamp: log.timestamp, line: log.message, labels: logLabels(log) }));
  return Promise.resolve(
    PIPELINES.map(([stages, neededLabels]) => ({
      name: `stages: \`${stages.replaceAll('|', '\\|')}\`, µs of CPU per log`,
      value: microsPerLog(logs, stages, neededLabels).toFixed(2),
      note: neededLabels === undefined ? 'all labels' : `labels asked for: ${neededLabels.join(', ')}`,
    })),
  );
}

/** The median of some runs: the first ones compile. */
function microsPerLog(logs: readonly LogLine[], stages: string, neededLabels: readonly string[] | undefined): number {
  const { stages: parsed } = parseLogQuery(`{service_name=~".+"} ${stages}`);
  const pipeline = compilePipeline(parsed, neededLabels && { neededLabels });
  const times = Array.from({ length: RUNS }, () => {
    const before = process.threadCpuUsage();
    for (const log of logs) {
      pipeline.process(log);
    }
    const { system, user } = process.threadCpuUsage(before);
    return (system + user) / logs.length;
  });
  return times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
}
