import { type LabelMatcher, LOKI_ROUTES } from '@aegisguard/model';
import { callRoute } from '../../../lib/call-route.ts';
import { KeptAnswers } from '../../../lib/kept-answers.ts';
import { askedRange, type ResolvedRange } from '../../../lib/time-range.ts';
import { printMatchers } from './print-matchers.ts';

/** What is known of an organization's logs, for completing queries. Questions that fail answer with nothing. */
export interface LogNames {
  readonly labels: () => Promise<readonly string[]>;
  /** What the lines of a log query have, behind its pipeline so far. */
  readonly fields: (query: string) => Promise<readonly string[]>;
  /** Values of a label among the logs that other matchers select. */
  readonly values: (label: string, others: readonly LabelMatcher[]) => Promise<readonly string[]>;
}

// Of the whole page: the editor, the chips and the columns ask the same.
const kept = new KeptAnswers<string>();

/** Labels and values of an organization, over the time that the page shows. */
export function logNames(orgId: string, range: () => ResolvedRange): LogNames {
  return {
    labels: () =>
      kept.once(`labels ${orgId}`, async () => {
        const { data } = await callRoute(LOKI_ROUTES.lokiLabels, { query: askedRange(range()), orgId });
        // Loki's name comes; the shorter one means the same.
        return data.includes('service_name') && !data.includes('service') ? ['service', ...data] : data;
      }),
    fields: (query) =>
      kept.once(`fields ${orgId} ${query}`, async () => {
        const asked = { query, ...askedRange(range()) };
        const { fields } = await callRoute(LOKI_ROUTES.lokiDetectedFields, { query: asked, orgId });
        return fields.map(({ label }) => label);
      }),
    values: (label, others) => {
      const query = printMatchers(others);
      return kept.once(`values ${orgId} ${label} ${query}`, async () => {
        const { data } = await callRoute(LOKI_ROUTES.lokiLabelValues, {
          params: { name: label },
          query: { ...askedRange(range()), ...(others.length === 0 ? {} : { query }) },
          orgId,
        });
        return data;
      });
    },
  };
}
