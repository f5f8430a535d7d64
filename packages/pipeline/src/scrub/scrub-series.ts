import { type Labels, METRIC_NAME, type MetricSeries, normalizeLabels } from '@aegisguard/model';
import { seriesOf } from '@aegisguard/model/series-id';
import { ScrubTally, type TallyRow } from './scrub-tally.ts';
import { ScrubWalk } from './scrub-walk.ts';
import type { Scrubber } from './scrubber.ts';
import { UniqueNames } from './unique-names.ts';

/** A metric must have a name, also where the policy leaves nothing of it. */
const NAMELESS = 'redacted';

/** What becomes of a series. */
interface ScrubbedSeries {
  readonly series: MetricSeries;
  readonly findings: readonly TallyRow[];
}

/** What one organization's policy makes of series. Decoders give the same object for the same series in batch after batch, so each is looked at once. */
export class SeriesScrub {
  readonly #scrubber: Scrubber;
  readonly #clean = new WeakSet<MetricSeries>();
  readonly #changed = new WeakMap<MetricSeries, ScrubbedSeries>();

  constructor(scrubber: Scrubber) {
    this.#scrubber = scrubber;
  }

  /** The series as it may be stored: itself when nothing is found. Counts what is found each time. */
  scrub(series: MetricSeries, tally: ScrubTally): MetricSeries {
    if (this.#clean.has(series)) {
      return series;
    }
    const known = this.#changed.get(series) ?? this.#look(series);
    for (const { detector, strategy, place, count } of known.findings) {
      tally.add(detector, strategy, place, count);
    }
    return known.series;
  }

  #look(series: MetricSeries): ScrubbedSeries {
    const tally = new ScrubTally();
    const labels = scrubLabels(series.labels, 'labels', new ScrubWalk({ scrubber: this.#scrubber, tally }));
    const scrubbed = { series: labels === series.labels ? series : seriesOf(labels), findings: tally.rows() };
    if (labels === series.labels) {
      this.#clean.add(series);
    } else {
      this.#changed.set(series, scrubbed);
    }
    return scrubbed;
  }
}

/** A metric's name as it may be stored, the same wherever it stands: its label and its description are joined by it. */
export function scrubMetricName(name: string, walk: ScrubWalk): string {
  const scrubbed = walk.text(walk.places.child(walk.places.top('labels'), METRIC_NAME), name);
  return scrubbed === '' && name !== '' ? NAMELESS : scrubbed;
}

/** Labels as they may be stored, sorted again; the same array when nothing is found. `path` is that of their place. */
export function scrubLabels(labels: Labels, path: string, walk: ScrubWalk): Labels {
  const parent = walk.places.top(path);
  const scrubbed = labels.map(([sentName, sentValue]) => {
    const place = walk.places.child(parent, sentName);
    walk.countName(place);
    const value = sentName === METRIC_NAME ? scrubMetricName(sentValue, walk) : walk.text(place, sentValue);
    return [place.name, value] as const;
  });
  const isSame = scrubbed.every(([name, value], at) => name === labels[at]?.[0] && value === labels[at]?.[1]);
  if (isSame) {
    return labels;
  }
  const names = new UniqueNames();
  return normalizeLabels(scrubbed.map(([name, value]) => [names.take(name), value] as const));
}

const known = new WeakMap<Scrubber, SeriesScrub>();

/** The one of a scrubber. */
export function seriesScrubOf(scrubber: Scrubber): SeriesScrub {
  let scrub = known.get(scrubber);
  if (scrub === undefined) {
    scrub = new SeriesScrub(scrubber);
    known.set(scrubber, scrub);
  }
  return scrub;
}
