import { parseArgs } from 'node:util';
import { benchAccessLogs } from './access-log-bench.ts';
import { benchLogPath } from './log-path-bench.ts';
import { benchLogStages } from './log-stages-bench.ts';
import { benchLogQueries } from './logs-queries-bench.ts';
import { benchMetricPeers } from './metric-peers-bench.ts';
import { benchPipeline } from './pipeline-bench.ts';
import { benchQueue } from './queue-bench.ts';
import { benchRum, benchSamples, benchSpans } from './signal-benches.ts';
import { benchStorage } from './storage-bench.ts';
import { renderTable } from './table.ts';
import { benchTraceQueries } from './traces-queries-bench.ts';

// `npm run bench [-- [<thousands of records>] [--only <part>,<part>]]`; the table to keep is in bench/README.md.
const PARTS = {
  logs: benchLogPath,
  'access-logs': benchAccessLogs,
  spans: benchSpans,
  // A sample is so much smaller than a log that as many would be over before anything is warm.
  samples: (thousands: number) => benchSamples(thousands * 5),
  rum: benchRum,
  store: benchStorage,
  queue: benchQueue,
  'logs-queries': benchLogQueries,
  'traces-queries': benchTraceQueries,
  pipeline: benchPipeline,
  'log-stages': benchLogStages,
  'metrics-peers': benchMetricPeers,
} as const;
type Part = keyof typeof PARTS;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } });
const thousands = Number(positionals[0] ?? 1000);
const names = Object.keys(PARTS) as Part[];
// Other programs are only compared with when that is asked for.
const wanted = values.only?.split(',') ?? names.filter((name) => name !== 'metrics-peers');
const unknown = wanted.filter((name) => !names.includes(name as Part));
if (unknown.length > 0 || !(thousands >= 1)) {
  console.error(`unknown: ${unknown.join(', ') || positionals[0]}; parts are ${names.join(', ')}`);
  process.exit(2);
}
const rows = [];
for (const name of names.filter((part) => wanted.includes(part))) {
  rows.push(...(await PARTS[name](thousands)));
}
console.log(renderTable(rows));
