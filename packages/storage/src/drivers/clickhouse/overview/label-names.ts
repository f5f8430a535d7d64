import type { LogLabelName, LogLabelNames, LogSelection } from '@aegisguard/model';
import { parseShape } from '../attribute-shape.ts';
import { FEW_GROUPS, type OverviewReading } from './overview-reading.ts';
import { sampleEvery } from './row-sample.ts';

/** Rows of which only a column with a dictionary is read. */
const ROWS_LOOKED_AT = 1_000_000;
/** Columns that are part of the streams of logs that were not pushed; the first two always. */
const STREAM_COLUMNS = ['service_name', 'level', 'host', 'env'];
const OTHER_COLUMNS = ['version', 'trace_id', 'span_id'];

/** Names of labels: those of columns, and what shapes say of attributes. A shape has all names of its records, so no value is read. */
export async function labelNames(
  reading: OverviewReading,
  query: LogSelection & { readonly limit: number },
): Promise<LogLabelNames> {
  const every = sampleEvery(await reading.lookedAt(query), ROWS_LOOKED_AT);
  const shapes = await reading.rows(
    `SELECT * FROM (SELECT attribute_shape, count() FROM ${reading.logs} WHERE ${reading.where(query, every)} GROUP BY attribute_shape SETTINGS ${FEW_GROUPS})`,
  );
  const found = new Map<string, LogLabelName>();
  const add = (name: string, isStream: boolean, logs: number) => {
    const known = found.get(name);
    found.set(name, { name, isStream: isStream || known?.isStream === true, logs: logs + (known?.logs ?? 0) });
  };
  let total = 0;
  for (const [shape, count] of shapes) {
    const logs = Number(count) * every;
    total += logs;
    for (const { label, isStream } of parseShape(String(shape)).leaves) {
      if (label !== '' && !isColumn(label)) {
        add(label, isStream, logs);
      }
    }
  }
  if (total > 0) {
    for (const name of [...STREAM_COLUMNS, ...OTHER_COLUMNS]) {
      add(name, STREAM_COLUMNS.includes(name), total);
    }
  }
  const names = [...found.values()].sort((a, b) => b.logs - a.logs || (a.name < b.name ? -1 : 1));
  return { names: names.slice(0, query.limit), stats: reading.stats };
}

function isColumn(name: string): boolean {
  return STREAM_COLUMNS.includes(name) || OTHER_COLUMNS.includes(name);
}
