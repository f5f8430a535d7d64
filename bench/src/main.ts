import { benchAccessLogs } from './access-log-bench.ts';
import { benchLogPath } from './log-path-bench.ts';
import { benchQueue } from './queue-bench.ts';
import { benchStorage } from './storage-bench.ts';
import { renderTable } from './table.ts';

// `npm run bench [-- <thousands of logs>]`; the table to keep is in bench/README.md.
const batches = Number(process.argv[2] ?? 1000);
const parts = [() => benchLogPath(batches), benchAccessLogs, benchStorage, benchQueue];
const rows = [];
for (const part of parts) {
  rows.push(...(await part()));
}
console.log(renderTable(rows));
