import type { SeriesLabels } from './frame.ts';

const PLACE = /\{\{\s*([^{}]+?)\s*\}\}/g;
const PLAIN_LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/;
const PLAIN_METRIC = /^[A-Za-z_:][A-Za-z0-9_:]*$/;

/** `http_requests_total{method="GET"}`: a series as PromQL writes it. */
export function seriesSelector(labels: SeriesLabels): string {
  const { __name__: name = '', ...others } = labels;
  const isPlain = PLAIN_METRIC.test(name);
  const pairs = Object.entries(others)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => `${PLAIN_LABEL.test(label) ? label : JSON.stringify(label)}=${JSON.stringify(value)}`);
  const inner = (name === '' || isPlain ? pairs : [JSON.stringify(name), ...pairs]).join(', ');
  return inner === '' && isPlain ? name : `${isPlain ? name : ''}{${inner}}`;
}

/** How a series is called: by the format where there is one (`{{label}}` stands for a label's value), else by its only label's value, by its labels, or by the query. */
export function seriesLabel(labels: SeriesLabels, format: string, query: string): string {
  const written = format.replaceAll(PLACE, (_, name: string) => labels[name] ?? '');
  // A format of labels that the series does not have says nothing.
  if (written.trim() !== '') {
    return written;
  }
  const [only, ...others] = Object.entries(labels);
  if (only === undefined) {
    return query;
  }
  return others.length === 0 && only[0] !== '__name__' && only[1] !== '' ? only[1] : seriesSelector(labels);
}
