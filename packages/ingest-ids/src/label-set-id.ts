import { type LogLabelSet, METRIC_NAME } from '@aegisguard/model';
import { seriesId } from '@aegisguard/model/series-id';

/** What tells a label set from the others of its organization; 64 bits. */
export function labelSetId({ metadata, labels }: LogLabelSet): bigint {
  return seriesId([[METRIC_NAME, metadata.metric], ...labels]);
}
