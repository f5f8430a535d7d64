import type { Labels } from '@aegisguard/model';
import { evaluationError } from '../../functions/evaluation-error.ts';
import type { SelectedSeries } from '../evaluation.ts';
import { labelOf, metricName } from '../label-order.ts';
import { labelsKey } from '../labels-key.ts';
import { printLabels } from '../print-labels.ts';
import { newestSamples } from '../select/newest-samples.ts';
import { NO_SAMPLE } from '../select/no-sample.ts';
import { IDENTIFYING_LABELS } from './info-matchers.ts';

/** An info series that holds at a point. */
interface Holding {
  readonly labels: Labels;
  /** Of the sample that it was found by. */
  readonly timestampMs: number;
}

/** Which information holds at each point, by metric and by whom it is about. */
export class InfoIndex {
  readonly #metrics: readonly string[];
  readonly #points: Map<string, Holding>[];

  constructor(selected: SelectedSeries, references: Float64Array, lookbackMs: number) {
    this.#metrics = [...new Set(selected.map(({ labels }) => metricName(labels)))];
    this.#points = Array.from(references, () => new Map<string, Holding>());
    for (const series of selected) {
      const key = identityKey(metricName(series.labels), series.labels);
      for (const [point, entry] of newestSamples(series, references, lookbackMs).entries()) {
        if (entry < NO_SAMPLE) {
          throw evaluationError(`this should be an info metric, with float samples: ${printLabels(series.labels)}`);
        }
        if (entry > NO_SAMPLE) {
          this.#add(point, key, { labels: series.labels, timestampMs: series.timestampsMs[entry] ?? 0 });
        }
      }
    }
  }

  /** What all metrics together say at a point about whoever the labels identify; undefined when none says anything. */
  find(point: number, labels: Labels): Labels | undefined {
    const found = this.#metrics.flatMap((metric) => this.#points[point]?.get(identityKey(metric, labels)) ?? []);
    return found.length === 0 ? undefined : found.flatMap((holding) => holding.labels);
  }

  /** The newer one holds. */
  #add(point: number, key: string, holding: Holding): void {
    const known = this.#points[point]?.get(key);
    if (known !== undefined && known.timestampMs === holding.timestampMs) {
      throw evaluationError(
        `found duplicate series for info metric: existing ${printLabels(known.labels)} @ ${known.timestampMs}, new ${printLabels(holding.labels)} @ ${holding.timestampMs}`,
      );
    }
    if (known === undefined || known.timestampMs < holding.timestampMs) {
      this.#points[point]?.set(key, holding);
    }
  }
}

function identityKey(metric: string, labels: Labels): string {
  return labelsKey([['', metric], ...IDENTIFYING_LABELS.map((name) => [name, labelOf(labels, name)] as const)]);
}
