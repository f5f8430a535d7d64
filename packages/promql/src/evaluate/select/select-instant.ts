import type { SeriesSamples } from '@aegisguard/model';
import type { VectorSelector } from '../../syntax/ast/vector-selector.ts';
import { checkCells } from '../check-cells.ts';
import { countPoints } from '../count-samples.ts';
import type { Evaluation } from '../evaluation.ts';
import { referenceTimes } from '../reference-times.ts';
import { type SeriesDraft, setPoint } from '../series-draft.ts';
import type { SeriesSink, VectorStream } from '../series-sink.ts';
import { isStale, wordsOf } from '../staleness.ts';
import { TablesByTimes } from '../tables-by-times.ts';
import { POINT, type Value } from '../value.ts';
import { NewestFloats } from './newest-floats.ts';
import { histogramIndex, newestSamples } from './newest-samples.ts';
import { NO_SAMPLE } from './no-sample.ts';
import { readSelection } from './read-selection.ts';
import { addSmoothedPoints } from './smoothed-points.ts';
import { takeGrid } from './take-grid.ts';

/** An instant selector: at each point the newest sample of the lookback before it, or with `smoothed` what lies between that and the next one. */
export async function selectInstant(
  evaluation: Evaluation,
  selector: VectorSelector,
  pointsMs: Float64Array,
): Promise<Value | VectorStream> {
  const { lookbackMs } = evaluation;
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
  const newest = new TablesByTimes(references.length, () => new NewestFloats(references, lookbackMs));
  const addPoints = (samples: SeriesSamples, draft: SeriesDraft): number => {
    if (isSmoothed) {
      addSmoothedPoints(evaluation, selector, samples, references, draft);
      return countPoints(draft);
    }
    if (samples.histograms.length > 0) {
      addNewestSamples(samples, references, lookbackMs, draft);
      return countPoints(draft);
    }
    return addNewestFloats(samples.values, newest.of(samples.timestampsMs).indexes, draft);
  };
  return { type: 'stream', give: (sink) => giveSelected(evaluation, selected, addPoints, sink) };
}

/** Samples are counted as series are made, so that what is too much is not made to the end. */
async function giveSelected(
  { samples, turns }: Evaluation,
  selected: readonly SeriesSamples[],
  addPoints: (samples: SeriesSamples, draft: SeriesDraft) => number,
  sink: SeriesSink,
): Promise<number> {
  const { held } = samples;
  for (const one of selected) {
    const draft = sink.draft(one.labels, false);
    const count = addPoints(one, draft);
    if (count > 0) {
      samples.hold(count);
      samples.see(count);
      sink.add(draft);
    }
    if (turns.isOverAfter(one.timestampsMs.length + count)) {
      await turns.pass();
    }
  }
  const given = samples.held - held;
  samples.releaseTo(held);
  return given;
}

/** Returns how many points there are. */
function addNewestFloats(values: Float64Array, indexes: Int32Array, draft: SeriesDraft): number {
  const { kinds, values: newest } = draft;
  let count = 0;
  for (let point = 0; point < indexes.length; point += 1) {
    const index = indexes[point] ?? NO_SAMPLE;
    if (index >= 0) {
      const value = values[index] ?? 0;
      if (!Number.isNaN(value) || !isStale(wordsOf(values), index)) {
        kinds[point] = POINT.float;
        newest[point] = value;
        count += 1;
      }
    }
  }
  return count;
}

function addNewestSamples(
  samples: SeriesSamples,
  references: Float64Array,
  lookbackMs: number,
  draft: SeriesDraft,
): void {
  const newest = newestSamples(samples, references, lookbackMs);
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
}
