import { RULE_ROUTES, type RuleGroup, type RuleGroupRequest } from '@aegisguard/model';
import { callRoute } from '../../lib/call-route.ts';
import { type RowList, useCursorList } from '../../lib/use-cursor-list.ts';

/** Where an organization's groups are kept by the query client. */
export function ruleGroupsKey(orgId: string): readonly string[] {
  return ['recording-rules', orgId];
}

/** The groups of an organization, by name. */
export function useRuleGroups(orgId: string): RowList<RuleGroup> {
  return useCursorList({
    queryKey: ruleGroupsKey(orgId),
    readPage: (cursor, signal) =>
      callRoute(RULE_ROUTES.listRuleGroups, { query: cursor === null ? {} : { cursor }, orgId, signal }),
  });
}

/** What people have set of a group. */
export function settingsOf({ name, intervalSeconds, limit, enabled, rules }: RuleGroup): RuleGroupRequest {
  const plain = rules.map(({ record, expr, labels }) => ({ record, expr, labels }));
  return { name, intervalSeconds, limit, enabled, rules: plain };
}
