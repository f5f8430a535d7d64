import type { SeriesSamples } from '@aegisguard/model';
import type { VectorSelector } from '../../syntax/ast/vector-selector.ts';
import { checkCells } from '../check-cells.ts';
import { countSamples } from '../count-samples.ts';
import type { Evaluation } from '../evaluation.ts';
import { referenceTimes } from '../reference-times.ts';
import { draftSeries, hasPoints, setPoint } from '../series-draft.ts';
import type { Value, VectorSeries } from '../value.ts';
import { histogramIndex, NO_SAMPLE, newestSamples } from './newest-samples.ts';
import { readSelection } from './read-selection.ts';
import { smoothedPoints } from './smoothed-points.ts';
import { takeGrid } from './take-grid.ts';

/** An instant selector: at each point the newest sample of the lookback before it, or with `smoothed` what lies between that and the next one. */
export async function selectInstant(
  evaluation: Evaluation,
  selector: VectorSelector,
  pointsMs: Float64Array,
): Promise<Value> {
  const { lookbackMs, turns } = evaluation;
  const task = { function: 'last', selector, windowMs: lookbackMs, source: selector.source } as const;
  const taken = await takeGrid(evaluation, task, pointsMs);
  if (taken !== undefined) {
    return { type: 'vector', series: taken };
  }
  const references = referenceTimes(evaluation, selector, pointsMs);
  const isSmoothed = selector.extension === 'smoothed';
  const startMs = (references[0] ?? 0) - lookbackMs;
  const endMs = (references.at(-1) ?? 0) + (isSmoothed ? lookbackMs : 0);
  const selected = await readSelection(evaluation, selector.matchers, startMs, endMs);
  checkCells(selected.length, pointsMs.length);
  const { held } = evaluation.samples;
  const series: VectorSeries[] = [];
  for (const samples of selected) {
    const points = isSmoothed
      ? smoothedPoints(evaluation, selector, samples, references)
      : instantPoints(samples, references, lookbackMs);
    if (hasPoints(points)) {
      series.push(points);
      hold(evaluation, points);
    }
    if (turns.isOver) {
      await turns.pass();
    }
  }
  evaluation.samples.releaseTo(held);
  return { type: 'vector', series };
}

/** Counted as they are made, so that what is too much is not made to the end. */
function hold({ samples }: Evaluation, points: VectorSeries): void {
  const count = countSamples({ type: 'vector', series: [points] });
  samples.hold(count);
  samples.see(count);
}

function instantPoints(samples: SeriesSamples, references: Float64Array, lookbackMs: number): VectorSeries {
  const newest = newestSamples(samples, references, lookbackMs);
  const draft = draftSeries(samples.labels, false, references.length);
  for (let point = 0; point < newest.length; point += 1) {
    const entry = newest[point] ?? NO_SAMPLE;
    if (entry > NO_SAMPLE) {
      setPoint(draft, point, samples.values[entry] ?? 0);
    } else if (entry < NO_SAMPLE) {
      const histogram = samples.histograms[histogramIndex(entry)]?.histogram;
      if (histogram !== undefined) {
        setPoint(draft, point, histogram);
      }
    }
  }
  return draft;
}
