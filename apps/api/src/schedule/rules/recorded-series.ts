import type { Labels, RecordingRule } from '@aegisguard/model';
import type { SampleToWrite } from '@aegisguard/protocols';
import type { RecordedSamples } from './recorded-samples.ts';

/** A rule of a group, and what it gave: undefined when it failed. */
export interface RuleResult {
  readonly rule: RecordingRule;
  readonly samples: RecordedSamples | undefined;
}

type SeriesById = ReadonlyMap<bigint, Labels>;

/** The series that a group's last evaluation gave, by rule, so that those that the next one does not give can be ended: else queries would find their last value for five minutes more. */
export class RecordedSeries {
  private byRule: ReadonlyMap<string, SeriesById> = new Map();
  private before: ReadonlyMap<string, SeriesById> = new Map();

  /** How many are remembered. */
  get count(): number {
    return [...this.byRule.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Remembers what an evaluation gave, and says the ends of what it no longer gives. A rule that failed ends nothing, as in Prometheus; one that is gone or another now ends all that it gave. */
  follow(results: readonly RuleResult[], timestampMs: number): readonly SampleToWrite[] {
    const now = new Map<string, SeriesById>();
    for (const { rule, samples } of results) {
      const key = JSON.stringify(rule);
      const series = samples === undefined ? this.byRule.get(key) : labelsOf(samples);
      if (series !== undefined) {
        now.set(key, series);
      }
    }
    this.before = this.byRule;
    this.byRule = now;
    return endsOf(this.before, now, timestampMs);
  }

  /** What was followed last could not be stored: the ends that it had are still to be said. */
  takeBack(): void {
    this.byRule = this.before;
  }
}

function labelsOf(samples: RecordedSamples): SeriesById {
  return new Map([...samples].map(([id, { labels }]) => [id, labels]));
}

function endsOf(
  before: ReadonlyMap<string, SeriesById>,
  now: ReadonlyMap<string, SeriesById>,
  timestampMs: number,
): readonly SampleToWrite[] {
  const going = new Set([...now.values()].flatMap((series) => [...series.keys()]));
  const ended = new Map<bigint, SampleToWrite>();
  for (const series of before.values()) {
    for (const [id, labels] of series) {
      if (!going.has(id)) {
        ended.set(id, { labels, timestampMs, value: 'stale' });
      }
    }
  }
  return [...ended.values()];
}
