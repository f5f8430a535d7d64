import type { PrometheusClient } from '@prometheus-io/codemirror-promql';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { labelNames, labelValues, metricFacts } from '../metrics-api.ts';

/** Answers are good for so long while one types. */
const KEPT_MS = 60_000;

function selectorOf(metric: string | undefined): string | undefined {
  return metric === undefined || metric === '' ? undefined : `{__name__=${JSON.stringify(metric)}}`;
}

/** What the editor completes with: the organization's own metrics, labels and values. A question that fails completes nothing. */
export function prometheusClient(orgId: string, range: () => ResolvedRange): PrometheusClient {
  const kept = new Map<string, { readonly untilMs: number; readonly answer: Promise<unknown> }>();
  const once = <T>(key: string, ask: () => Promise<T>, none: T): Promise<T> => {
    const known = kept.get(key);
    if (known !== undefined && known.untilMs > Date.now()) {
      return known.answer as Promise<T>;
    }
    const answer = ask().catch(() => none);
    kept.set(key, { untilMs: Date.now() + KEPT_MS, answer });
    return answer;
  };
  const values = (label: string, metric?: string): Promise<string[]> => {
    const selector = selectorOf(metric);
    return once(
      `values ${label} ${selector}`,
      async () => [...(await labelValues(orgId, label, selector, range()))],
      [],
    );
  };
  return {
    labelNames: (metric) => {
      const selector = selectorOf(metric);
      return once(`labels ${selector}`, async () => [...(await labelNames(orgId, selector, range()))], []);
    },
    labelValues: (label, metric) => values(label, metric),
    metricNames: () => values('__name__'),
    metricMetadata: () =>
      once(
        'metadata',
        async () => Object.fromEntries([...(await metricFacts(orgId))].map(([name, facts]) => [name, [facts]])),
        {},
      ),
    series: async () => [],
    flags: async () => ({}),
  };
}
