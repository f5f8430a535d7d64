import { benchLogPath } from './log-path-bench.ts';
import { renderTable } from './table.ts';

// `npm run bench [-- <thousands of logs>]`; the table to keep is in bench/README.md.
const batches = Number(process.argv[2] ?? 1000);
console.log(renderTable(await benchLogPath(batches)));
