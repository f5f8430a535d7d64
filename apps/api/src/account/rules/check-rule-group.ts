import { AegisError, type RuleGroupRequest } from '@aegisguard/model';
import { RegexBudget } from '@aegisguard/promql';
import { ruleProblems } from './rule-problems.ts';

/** Throws `invalid-request` with all that is wrong with a group's rules, each beside its field. */
export function checkRuleGroup({ rules }: RuleGroupRequest): void {
  const regexes = new RegexBudget();
  const errors = rules.flatMap((rule, at) =>
    ruleProblems(rule, regexes).map(({ field, message }) => ({ path: `/rules/${at}/${field}`, message })),
  );
  const [first] = errors;
  if (first !== undefined) {
    throw new AegisError('invalid-request', { detail: `${first.path}: ${first.message}`, members: { errors } });
  }
}
