// https://prometheus.io/docs/prometheus/latest/querying/api/#rules
import type { StoredRuleGroup } from '@aegisguard/accounts';

/** The time of what was never evaluated, as Prometheus writes it. */
const NEVER = '0001-01-01T00:00:00Z';

/** Groups of recording rules in Prometheus's shape; those that are not enabled are not there for it. */
export function rulesView(groups: readonly StoredRuleGroup[]) {
  return groups
    .filter(({ enabled }) => enabled)
    .map(({ name, intervalSeconds, limit, rules, outcome }) => {
      const lastEvaluation = outcome === null ? NEVER : new Date(outcome.slotMs).toISOString();
      return {
        name,
        file: '',
        interval: intervalSeconds,
        limit,
        rules: rules.map(({ record, expr, labels }, at) => {
          const rule = outcome?.rules[at];
          return {
            name: record,
            query: expr,
            ...(Object.keys(labels).length === 0 ? {} : { labels }),
            health: rule?.health ?? 'unknown',
            ...(rule?.error ? { lastError: rule.error } : {}),
            evaluationTime: (rule?.durationMs ?? 0) / 1000,
            lastEvaluation,
            type: 'recording',
          };
        }),
        evaluationTime: (outcome?.durationMs ?? 0) / 1000,
        lastEvaluation,
      };
    });
}
