import { type Labels, METRIC_NAME, type MetricSeries, normalizeLabels } from '@aegisguard/model';
import { seriesOf } from '@aegisguard/model/series-id';
import type { Place } from './place.ts';
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

/** What is known of series under one policy. */
interface SeriesMemory {
  /** Stands for the policy in series that are clean. Not the scrubber itself, which they would keep alive. */
  readonly token: object;
  readonly changed: WeakMap<MetricSeries, ScrubbedSeries>;
}

const memories = new WeakMap<Scrubber, SeriesMemory>();

function memoryOf(scrubber: Scrubber): SeriesMemory {
  const memory = memories.get(scrubber) ?? { token: {}, changed: new WeakMap() };
  memories.set(scrubber, memory);
  return memory;
}

/** Scrubs the series of a batch. Each is looked at once, in all batches of an organization, as long as no other one sends the same labels in between. */
export class SeriesScrub {
  readonly #memory: SeriesMemory;
  readonly #tally: ScrubTally;
  /** Of the series at hand. */
  readonly #found = new ScrubTally();
  readonly #walk: ScrubWalk;

  constructor(scrubber: Scrubber, tally: ScrubTally) {
    this.#memory = memoryOf(scrubber);
    this.#tally = tally;
    this.#walk = new ScrubWalk({ scrubber, tally: this.#found });
  }

  /** The series as it may be stored: itself when nothing is found. Counts what is found each time. */
  scrub(series: MetricSeries): MetricSeries {
    if (series.cleanBy === this.#memory.token) {
      return series;
    }
    const known = this.#memory.changed.get(series) ?? this.#look(series);
    if (known === undefined) {
      return series;
    }
    for (const { detector, strategy, place, count } of known.findings) {
      this.#tally.add(detector, strategy, place, count);
    }
    return known.series;
  }

  #look(series: MetricSeries): ScrubbedSeries | undefined {
    const labels = scrubLabels(series.labels, this.#walk.places.tops.labels, this.#walk);
    if (labels === series.labels) {
      series.cleanBy = this.#memory.token;
      return undefined;
    }
    const scrubbed = { series: seriesOf(labels), findings: this.#found.take() };
    this.#memory.changed.set(series, scrubbed);
    return scrubbed;
  }
}

/** A metric's name as it may be stored, the same wherever it stands: its label and its description are joined by it. */
export function scrubMetricName(name: string, walk: ScrubWalk): string {
  const scrubbed = walk.text(walk.places.child(walk.places.tops.labels, METRIC_NAME), name);
  return scrubbed === '' && name !== '' ? NAMELESS : scrubbed;
}

/** Labels of a place as they may be stored, sorted again; the same array when nothing is found. */
export function scrubLabels(labels: Labels, parent: Place, walk: ScrubWalk): Labels {
  const places = labels.map(([name]) => walk.places.child(parent, name));
  const values = labels.map(([name, value], at) => {
    const place = places[at] ?? parent;
    walk.countName(place);
    return name === METRIC_NAME ? scrubMetricName(value, walk) : walk.text(place, value);
  });
  if (labels.every(([name, value], at) => places[at]?.name === name && values[at] === value)) {
    return labels;
  }
  const names = new UniqueNames(places.filter(({ name, sentName }) => name === sentName).map(({ name }) => name));
  const scrubbed = places.map(({ name, sentName }, at) => {
    return [name === sentName ? name : names.take(name), values[at] ?? ''] as const;
  });
  return normalizeLabels(scrubbed);
}
