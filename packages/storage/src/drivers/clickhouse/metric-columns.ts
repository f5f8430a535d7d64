import type { MetricTable } from '../../driver.ts';
import type { InsertTarget } from './engine.ts';
import type { TableNames } from './log-table.ts';

const TIME = "DateTime64(3, 'UTC')";

/** What a sample, a histogram and an exemplar are stored under. */
const POINT_COLUMNS = [
  ['organization_id', 'UUID'],
  ['metric_id', 'UInt64'],
  ['series_id', 'UInt64'],
  ['timestamp', TIME],
  ['retention_days', 'UInt16'],
] as const;

/** Numbers of the hints in the table; never renumber. */
export const RESET_HINTS = ['unknown', 'reset', 'not-reset', 'gauge'] as const;

/** The columns of an inserted row of each table and the types they are sent as, in the order that the encoder writes them. */
export const METRIC_INSERT_COLUMNS = {
  series: [
    ['organization_id', 'UUID'],
    ['metric', 'String'],
    ['metric_id', 'UInt64'],
    ['series_id', 'UInt64'],
    ['labels', 'Map(String, String)'],
    ['first_seen', TIME],
    ['last_seen', TIME],
    ['retention_days', 'UInt16'],
  ],
  samples: [...POINT_COLUMNS, ['value', 'Float64'], ['start_ms', 'Int64']],
  histograms: [
    ...POINT_COLUMNS,
    ['start_ms', 'Int64'],
    ['schema', 'Int8'],
    ['zero_threshold', 'Float64'],
    ['zero_count', 'Float64'],
    ['count', 'Float64'],
    ['sum', 'Float64'],
    ['positive_offsets', 'Array(Int32)'],
    ['positive_lengths', 'Array(UInt32)'],
    ['positive_counts', 'Array(Float64)'],
    ['negative_offsets', 'Array(Int32)'],
    ['negative_lengths', 'Array(UInt32)'],
    ['negative_counts', 'Array(Float64)'],
    ['custom_values', 'Array(Float64)'],
    ['reset_hint', 'UInt8'],
  ],
  exemplars: [...POINT_COLUMNS, ['value', 'Float64'], ['labels', 'Map(String, String)']],
  metadata: [
    ['organization_id', 'UUID'],
    ['metric', 'String'],
    ['type', 'String'],
    ['unit', 'String'],
    ['help', 'String'],
    ['updated_at', TIME],
  ],
  hours: [
    ['organization_id', 'UUID'],
    ['hour_end', "DateTime('UTC')"],
    ['retention_days', 'UInt16'],
  ],
  usage: [
    ['organization_id', 'UUID'],
    ['day', 'Date'],
    ['batch_id', 'FixedString(16)'],
    ['metrics', 'UInt32'],
  ],
} as const satisfies Record<MetricTable, InsertTarget['columns']>;

/** Where the blocks of a table go. */
export function metricTarget(tables: TableNames, table: MetricTable): Omit<InsertTarget, 'settings'> {
  const names: Record<MetricTable, string> = {
    series: tables.series,
    samples: tables.samples,
    histograms: tables.histograms,
    exemplars: tables.exemplars,
    metadata: tables.metadata,
    hours: tables.metricHours,
    usage: tables.metricUsage,
  };
  return { table: names[table], columns: METRIC_INSERT_COLUMNS[table] };
}
