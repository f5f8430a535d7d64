import type { LabelValues } from '@aegisguard/model';

/** The labels of a log while a pipeline works on it, and when it is done. */
export interface ResultLabels {
  /** The value of a label, whatever it comes from; undefined when there is none. Empty values are values. `__error__` and `__error_details__` are labels. */
  get(name: string): string | undefined;
  /** Those that a log query's stream has, with `__error__`: stream, metadata, parsed. Derived ones are left out. */
  all(): LabelValues;
  /** Those that an aggregation without grouping has: as `all`, without the metadata of logs that were not pushed. */
  ofSeries(): LabelValues;
  /** The same by where they come from, as Loki's `categorize-labels` asks. */
  byCategory(): { readonly stream: LabelValues; readonly metadata: LabelValues; readonly parsed: LabelValues };
}
