// https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/#metadata
import type { MetricMetadata, MetricType } from '@aegisguard/model';
import type { WireReader } from '../protobuf/wire-reader.ts';
import type { SymbolTable } from './symbol-table.ts';

/** Both versions number the types alike. */
export const METADATA_TYPES: readonly MetricType[] = [
  'unknown',
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'info',
  'stateset',
];
const HISTOGRAM_SUFFIX = /_(?:bucket|sum|count|gsum|gcount)$/;
const SUMMARY_SUFFIX = /_(?:sum|count)$/;

/** Reads version 1's `MetricMetadata`, whose tag was just read. */
export function readMetricMetadata(reader: WireReader): MetricMetadata {
  const outer = reader.enter();
  const metadata = { metric: '', type: 'unknown' as MetricType, unit: '', help: '' };
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 0x08:
        metadata.type = METADATA_TYPES[reader.uint32()] ?? 'unknown';
        break;
      case 0x12:
        metadata.metric = reader.text();
        break;
      case 0x22:
        metadata.help = reader.text();
        break;
      case 0x2a:
        metadata.unit = reader.text();
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.leave(outer);
  return metadata;
}

/** The metric that a series belongs to: a histogram's and a summary's series have suffixes that their metadata, which is of the whole, has not. */
function familyOf(metric: string, type: MetricType): string {
  switch (type) {
    case 'histogram':
    case 'gaugehistogram':
      return metric.replace(HISTOGRAM_SUFFIX, '');
    case 'summary':
      return metric.replace(SUMMARY_SUFFIX, '');
    default:
      return metric;
  }
}

/** Reads version 2's `Metadata`, of a series with this metric name. */
export function readSeriesMetadata(reader: WireReader, symbols: SymbolTable, metric: string): MetricMetadata {
  const outer = reader.enter();
  let type: MetricType = 'unknown';
  let unit = '';
  let help = '';
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 0x08:
        type = METADATA_TYPES[reader.uint32()] ?? 'unknown';
        break;
      case 0x18:
        help = symbols.text(reader.uint32());
        break;
      case 0x20:
        unit = symbols.text(reader.uint32());
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.leave(outer);
  return { metric: familyOf(metric, type), type, unit, help };
}
