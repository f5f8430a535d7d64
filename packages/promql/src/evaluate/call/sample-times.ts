// https://prometheus.io/docs/prometheus/latest/querying/functions/#timestamp
import type { SeriesSamples } from '@aegisguard/model';
import type { VectorSelector } from '../../syntax/ast/vector-selector.ts';
import { checkCells } from '../check-cells.ts';
import type { Evaluation } from '../evaluation.ts';
import { referenceTimes } from '../reference-times.ts';
import { histogramIndex, newestSamples } from '../select/newest-samples.ts';
import { NO_SAMPLE } from '../select/no-sample.ts';
import { readSelection } from '../select/read-selection.ts';
import { draftSeries, hasPoints, setPoint } from '../series-draft.ts';
import type { Value, VectorSeries } from '../value.ts';

const MS_PER_SECOND = 1000;

/** Which time of a sample: its own, or that since which it counts. */
export type SampleTime = 'sample' | 'start';

/** The times of the samples that an instant selector finds, in unix seconds; a start that is not known is 0. */
export async function sampleTimes(
  evaluation: Evaluation,
  selector: VectorSelector,
  pointsMs: Float64Array,
  time: SampleTime,
): Promise<Value> {
  const { lookbackMs, samples, turns } = evaluation;
  const references = referenceTimes(evaluation, selector, pointsMs);
  const startMs = (references[0] ?? 0) - lookbackMs;
  const selected = await readSelection(evaluation, selector.matchers, startMs, references.at(-1) ?? 0);
  checkCells(selected.length, pointsMs.length);
  const { held } = samples;
  const series: VectorSeries[] = [];
  for (const one of selected) {
    const newest = newestSamples(one, references, lookbackMs);
    const draft = draftSeries(one.labels, true, pointsMs.length);
    let found = 0;
    for (let point = 0; point < newest.length; point += 1) {
      const entry = newest[point] ?? NO_SAMPLE;
      if (entry !== NO_SAMPLE) {
        setPoint(draft, point, timeOf(one, entry, time) / MS_PER_SECOND);
        found += 1;
      }
    }
    if (hasPoints(draft)) {
      series.push(draft);
      samples.hold(found);
      samples.see(found);
    }
    if (turns.isOver) {
      await turns.pass();
    }
  }
  samples.hold(series.length);
  samples.releaseTo(held);
  return { type: 'vector', series };
}

function timeOf(series: SeriesSamples, entry: number, time: SampleTime): number {
  if (entry > NO_SAMPLE) {
    return (time === 'sample' ? series.timestampsMs : series.startsMs)[entry] ?? 0;
  }
  const histogram = series.histograms[histogramIndex(entry)];
  return (time === 'sample' ? histogram?.timestampMs : histogram?.startMs) ?? 0;
}
