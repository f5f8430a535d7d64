// https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
import type { RuleGroupRequest } from '@aegisguard/model';
import { Document, isScalar, Scalar, visit } from 'yaml';
import { intervalText } from './read-rule-file.ts';

const MERGE_TAG = 'tag:yaml.org,2002:merge';

/** Groups as a rule file that Prometheus takes, and `readRuleFile` reads as the same. It has no word for a group that is not enabled. */
export function writeRuleFile(groups: readonly RuleGroupRequest[]): string {
  const written = groups.map(({ name, intervalSeconds, limit, rules }) => ({
    name,
    interval: intervalText(intervalSeconds),
    ...(limit === 0 ? {} : { limit }),
    rules: rules.map(({ record, expr, labels }) => ({
      record,
      expr,
      ...(Object.keys(labels).length === 0 ? {} : { labels }),
    })),
  }));
  // As YAML 1.1, which Prometheus reads: there `yes` must be quoted.
  const document = new Document(
    { groups: written },
    {
      version: '1.1',
      aliasDuplicateObjects: false,
      // With it the key of a merge is always written as one.
      customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || tag.tag !== MERGE_TAG),
    },
  );
  visit(document, {
    Pair: (_, { key }) => {
      if (isScalar(key) && key.value === '<<') {
        key.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
  // Without the directive that names the version.
  return document.toString({ lineWidth: 0, directives: false });
}
