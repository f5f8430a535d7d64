import type { Cardinality, FoundNames, FoundSeriesLabels, Labels } from '@aegisguard/model';

/** The names of all labels, each once. */
export function namesOf(series: readonly Labels[], limit: number): FoundNames {
  return first(
    series.flatMap((labels) => labels.map(([name]) => name)),
    limit,
  );
}

/** The values of one label, each once. */
export function valuesOf(series: readonly Labels[], label: string, limit: number): FoundNames {
  return first(
    series.flatMap((labels) => labels.filter(([name]) => name === label).map(([, value]) => value)),
    limit,
  );
}

/** Label sets in order of their labels: by the first name, then value, in which they differ; a prefix comes first. */
export function seriesOf(series: readonly Labels[], limit: number): FoundSeriesLabels {
  const ordered = series
    .map((labels) => ({ labels, texts: [...labels].sort(([left], [right]) => inBytes(left, right)).flat() }))
    .sort((left, right) => inTurn(left.texts, right.texts))
    .map(({ labels }) => labels);
  return { series: ordered.slice(0, limit), isCut: ordered.length > limit };
}

/** Where series come from. Metrics and pairs are ordered by series, labels by values and then series; equals by their names. */
export function cardinalityOf(series: readonly Labels[], limit: number): Cardinality {
  const names = namesOf(series, Number.POSITIVE_INFINITY).names;
  const pairs = names.flatMap((name) =>
    valuesOf(series, name, Number.POSITIVE_INFINITY).names.map((value) => ({
      name,
      value,
      series: series.filter((labels) => labels.some((label) => label[0] === name && label[1] === value)).length,
    })),
  );
  const labels = names.map((name) => ({
    name,
    values: pairs.filter((pair) => pair.name === name).length,
    series: series.filter((all) => all.some(([own]) => own === name)).length,
  }));
  // Sorting keeps the order of equals, and names are in order already.
  const largest = [...pairs].sort((left, right) => right.series - left.series);
  return {
    seriesCount: series.length,
    metrics: largest
      .filter(({ name }) => name === '__name__')
      .map(({ value, series: count }) => ({ metric: value, series: count }))
      .slice(0, limit),
    labels: labels.sort((left, right) => right.values - left.values || right.series - left.series).slice(0, limit),
    pairs: largest.slice(0, limit),
  };
}

function first(names: readonly string[], limit: number): FoundNames {
  const ordered = [...new Set(names)].sort(inBytes);
  return { names: ordered.slice(0, limit), isCut: ordered.length > limit };
}

/** The order of UTF-8 bytes. */
function inBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function inTurn(left: readonly string[], right: readonly string[]): number {
  const at = left.findIndex((text, index) => text !== right[index]);
  const [mine, others] = [left[at], right[at]];
  return mine === undefined || others === undefined ? left.length - right.length : inBytes(mine, others);
}
