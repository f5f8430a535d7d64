import { type Labels, type LogMetricChange, normalizeLabels } from '@aegisguard/model';
import { scrubLabels } from '../../scrub/scrub-series.ts';
import { WITHHELD, walkOf } from '../../scrub/walk-of.ts';
import type { StageContext } from '../../stage.ts';
import type { MetricTally } from './metric-tally.ts';

/** What the logs of a batch do to series, whose labels may be stored: they are scrubbed as those of any metric. */
export function logMetricChanges(tally: MetricTally, context: StageContext): readonly LogMetricChange[] {
  const walk = walkOf(context);
  return tally.changes((labels) => {
    try {
      return normalizeLabels(scrubLabels(normalizeLabels(labels), walk.places.tops.labels, walk));
    } catch {
      return normalizeLabels(labels.map(([name]): Labels[number] => [name, WITHHELD]));
    }
  });
}
