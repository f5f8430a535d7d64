import type { MetricBatch, SampleColumns } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { createMetricPipeline } from './metric-pipeline.ts';
import type { MetricStage } from './stage.ts';
import { METRIC_STAGES } from './stages-by-signal.ts';
import { sampleContext } from './testing/sample-record.ts';

function batchOf(values: readonly number[]): MetricBatch {
  const columns = (numbers: readonly number[]): SampleColumns => ({
    count: numbers.length,
    series: new Uint32Array(numbers.length),
    timestampMs: new Float64Array(numbers.length),
    value: Float64Array.from(numbers),
    startMs: new Float64Array(numbers.length),
  });
  return {
    series: [],
    samples: columns(values),
    histograms: [],
    exemplars: [],
    metadata: [],
    deltas: { samples: columns([]), histograms: [] },
  };
}

const scale = (name: string, factor: number, offset: number): MetricStage => ({
  name,
  apply({ samples }) {
    for (let row = 0; row < samples.count; row += 1) {
      samples.value[row] = (samples.value[row] ?? 0) * factor + offset;
    }
  },
});

describe('the pipeline over metrics', () => {
  it('runs its stages in order over the batch', () => {
    const batch = batchOf([1, 2]);
    createMetricPipeline([scale('add', 1, 1), scale('double', 2, 0)]).run(batch, sampleContext);
    expect([...batch.samples.value]).toEqual([4, 6]);
  });

  it('names the stage that failed', () => {
    const broken: MetricStage = {
      name: 'broken',
      apply() {
        throw new TypeError('unexpected');
      },
    };
    expect(() => createMetricPipeline([broken]).run(batchOf([]), sampleContext)).toThrow('the stage broken failed');
  });

  it('has distinct stage names', () => {
    const names = METRIC_STAGES.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });
});
