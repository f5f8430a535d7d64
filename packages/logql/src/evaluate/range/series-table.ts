import { AegisError, type Labels, type LabelValues } from '@aegisguard/model';
import type { LineLabels } from '../../pipeline/line-labels.ts';
import type { Grouping } from '../../syntax/ast/grouping.ts';
import { labelSet, labelsKey, orderedLabels } from '../label-set.ts';

/** Series that a range aggregation may have, of which others make fewer. */
const SERIES_MAX = 200_000;

/** A series that samples are added to. */
interface Entry<State> {
  readonly labels: Labels;
  readonly state: State;
}

/** The series of a range aggregation while logs are read, each with what is kept of its samples. */
export class SeriesTable<State> {
  readonly #open: () => State;
  readonly #grouping: Grouping | undefined;
  readonly #left: ReadonlySet<string>;
  readonly #byKey = new Map<string, Entry<State>>();
  /** By the labels themselves: those of logs that no stage changed are often one object. */
  readonly #byObject = new WeakMap<LabelValues, Entry<State>>();

  constructor(grouping: Grouping | undefined, open: () => State) {
    this.#open = open;
    this.#grouping = grouping;
    this.#left = new Set(grouping?.kind === 'without' ? grouping.labels : []);
  }

  /** What is kept of the series that a log belongs to. One with an error keeps all its labels. */
  of(labels: LineLabels): State {
    const isGrouped = this.#grouping?.kind === 'by' && !labels.hasError;
    return (isGrouped ? this.#grouped(labels, this.#grouping.labels) : this.#whole(labels)).state;
  }

  get all(): Iterable<Entry<State>> {
    return this.#byKey.values();
  }

  get size(): number {
    return this.#byKey.size;
  }

  #grouped(labels: LineLabels, names: readonly string[]): Entry<State> {
    let key = '';
    for (const name of names) {
      const value = groupValue(labels, name);
      key += value === undefined ? '-' : `${value.length}:${value}`;
    }
    return this.#byKey.get(key) ?? this.#add(key, () => labelsOf(labels, names));
  }

  #whole(labels: LineLabels): Entry<State> {
    const values = labels.ofSeries();
    const known = this.#byObject.get(values);
    if (known !== undefined) {
      return known;
    }
    const isLabel = ([name, value]: Labels[number]): boolean =>
      (labels.hasError || !this.#left.has(name)) && (value !== '' || groupValue(labels, name) === '');
    const set = labelSet(values).filter(isLabel);
    // Apart from the keys of groups, beside which there are series with errors.
    const key = `*${labelsKey(set)}`;
    const entry = this.#byKey.get(key) ?? this.#add(key, () => set);
    this.#byObject.set(values, entry);
    return entry;
  }

  #add(key: string, labels: () => Labels): Entry<State> {
    if (this.#byKey.size >= SERIES_MAX) {
      throw new AegisError('query-too-large', {
        detail: `A range aggregation has more than ${SERIES_MAX} series; select less, or group by fewer labels.`,
        members: { limit: SERIES_MAX },
      });
    }
    const entry = { labels: labels(), state: this.#open() };
    this.#byKey.set(key, entry);
    return entry;
  }
}

function labelsOf(labels: LineLabels, names: readonly string[]): Labels {
  return orderedLabels(
    names.flatMap((name) => {
      const value = groupValue(labels, name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** A label that came without a value is none, as in Loki; one that a stage made empty is one. */
function groupValue(labels: LineLabels, name: string): string | undefined {
  const value = labels.get(name);
  return value === '' && labels.categoryOf(name) !== 'parsed' ? undefined : value;
}
