import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REFRESH_SECONDS } from '../../../lib/refresh-seconds.ts';
import {
  DEFAULT_METRICS_VIEW,
  DISPLAYS,
  freeRef,
  LEGENDS,
  type MetricsView,
  parseMetricsView,
  printMetricsView,
} from './metrics-view.ts';

const text = fc.string({ unit: 'binary' });
const queries = fc
  .uniqueArray(fc.constantFrom('A', 'B', 'C', 'D'), { minLength: 1 })
  .chain((refs) =>
    fc.tuple(
      ...refs
        .sort()
        .map((ref) =>
          fc.record({ ref: fc.constant(ref), isFormula: fc.boolean(), text, legend: text, isHidden: fc.boolean() }),
        ),
    ),
  );
const views: fc.Arbitrary<MetricsView> = fc.record({
  queries,
  range: fc.constantFrom({ from: 'now-1h', to: 'now' }, { from: 'now-7d', to: '2026-01-01T00:00:00.000Z' }),
  refresh: fc.constantFrom(...REFRESH_SECONDS),
  display: fc.constantFrom(...DISPLAYS),
  unit: fc.option(text, { nil: undefined }),
  isLogScale: fc.boolean(),
  legend: fc.constantFrom(...LEGENDS),
  compares: fc.boolean(),
  showsExemplars: fc.boolean(),
  stepSeconds: fc.constantFrom(0, 15, 3600),
});

/** A single empty query is the page as it begins, whatever its legend. */
function asRead(view: MetricsView): MetricsView {
  const [only] = view.queries;
  return view.queries.length === 1 && only?.ref === 'A' && only.text === '' && !only.isFormula
    ? { ...view, queries: DEFAULT_METRICS_VIEW.queries }
    : view;
}

describe('a view in the address', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(views, (view) => {
        const search = printMetricsView(view).toString();
        expect(parseMetricsView(new URLSearchParams(search))).toEqual(asRead(view));
      }),
    );
  });

  it('is empty for the default view', () => {
    expect(printMetricsView(DEFAULT_METRICS_VIEW).toString()).toBe('');
    expect(parseMetricsView(new URLSearchParams(''))).toEqual(DEFAULT_METRICS_VIEW);
  });

  it('says queries and formulas by their letters', () => {
    const view = parseMetricsView(new URLSearchParams('f.B=A*100&q.A=up&legend.A={{job}}&hide=A'));
    expect(view.queries).toEqual([
      { ref: 'A', isFormula: false, text: 'up', legend: '{{job}}', isHidden: true },
      { ref: 'B', isFormula: true, text: 'A*100', legend: '', isHidden: false },
    ]);
    expect(freeRef(view.queries)).toBe('C');
  });

  it.each(['q.AA=x', 'q.a=x', 'show=pie', 'scale=linear', 'step=-1', 'step=1.5', 'legend=wide'])(
    'ignores %s',
    (search) => {
      expect(parseMetricsView(new URLSearchParams(search))).toEqual(DEFAULT_METRICS_VIEW);
    },
  );
});
