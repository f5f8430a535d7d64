// https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
import {
  formatDuration,
  parseDuration,
  RecordingRule,
  RULE_INTERVAL_MIN_SECONDS,
  RuleGroupRequest,
  type RuleRemark,
} from '@aegisguard/model';
import { RegexBudget } from '@aegisguard/promql';
import { expressionProblem, ruleProblems } from './rule-problems.ts';
import { YamlText, type YamlValue } from './yaml-fields.ts';

/** What a rule file says. */
export interface RuleFile {
  /** Those with recording rules. */
  readonly groups: readonly RuleGroupRequest[];
  readonly notCarried: readonly RuleRemark[];
}

const GROUP_FIELDS = ['name', 'interval', 'query_offset', 'limit', 'labels', 'rules'];
const RULE_FIELDS = ['record', 'alert', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations'];
const ALERT_FIELDS = ['for', 'keep_firing_for', 'annotations'];
/** Of the operator for Kubernetes (https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PrometheusRule); its `spec` is a rule file. */
const OPERATOR_KIND = 'PrometheusRule';
const INTERVAL_SECONDS = 60;
const NANOS_PER_SECOND = 1_000_000_000n;

/** Reads a rule file of Prometheus's, strictly: throws `invalid-request` with every problem and its line. Alerting rules are checked, too, and named as not carried over. */
export function readRuleFile(text: string): RuleFile {
  return new RuleFileReader(text).read();
}

class RuleFileReader {
  private readonly yaml: YamlText;
  private readonly regexes = new RegexBudget();
  private readonly notCarried: RuleRemark[] = [];

  constructor(text: string) {
    this.yaml = new YamlText(text);
  }

  read(): RuleFile {
    this.yaml.demandGood();
    if (this.yaml.hasMore) {
      this.leaveOut(this.yaml.root, null, 'further documents', 'Prometheus reads the first document of a file, too.');
    }
    const groups: RuleGroupRequest[] = [];
    const names = new Set<string>();
    for (const value of this.yaml.list(this.groupsOf(this.yaml.root), 'groups')) {
      const group = this.group(value);
      if (names.has(group.name)) {
        this.yaml.refuse(value.place, `groupname: "${group.name}" is repeated in the same file`);
      }
      names.add(group.name);
      if (group.rules.length > 0) {
        groups.push(group);
      }
    }
    this.yaml.demandGood();
    return { groups, notCarried: this.notCarried };
  }

  private groupsOf(root: YamlValue): YamlValue | undefined {
    const fields = this.yaml.map(root, 'a rule file');
    const spec = fields.get('spec');
    if (spec !== undefined && this.yaml.text(fields.get('kind'), 'kind') === OPERATOR_KIND) {
      return this.yaml.fields(spec, 'spec', ['groups']).get('groups');
    }
    return this.yaml.fields(root, 'a rule file', ['groups']).get('groups');
  }

  private group(value: YamlValue): RuleGroupRequest {
    const fields = this.yaml.fields(value, 'a group', GROUP_FIELDS);
    const name = this.yaml.text(fields.get('name'), 'name').trim();
    const offset = fields.get('query_offset');
    if (offset !== undefined) {
      this.leaveOut(offset, name, 'query_offset', 'Rules are evaluated a few seconds after the time they are for.');
    }
    const labels = this.labels(fields.get('labels'));
    const rules = this.yaml
      .list(fields.get('rules'), 'rules')
      .flatMap((rule, at) => this.rule(rule, { name, at, labels }) ?? []);
    const group = {
      name,
      intervalSeconds: this.interval(fields.get('interval'), rules.length > 0),
      limit: this.limit(fields.get('limit')),
      rules,
      enabled: true,
    };
    const named = RuleGroupRequest.shape.name.safeParse(name);
    if (name === '') {
      this.yaml.refuse(value.place, 'Groupname must not be empty');
    } else if (!named.success) {
      this.yaml.refuse(value.place, `groupname: ${named.error.issues[0]?.message}`);
    }
    return group;
  }

  /** Only a group that is kept must have an interval that it can be evaluated at. */
  private interval(value: YamlValue | undefined, isKept: boolean): number {
    const text = this.yaml.text(value, 'interval');
    if (value === undefined || text === '') {
      return INTERVAL_SECONDS;
    }
    const nanos = parseDuration(text);
    const seconds = nanos === undefined ? Number.NaN : Number(nanos) / Number(NANOS_PER_SECOND);
    const checked = RuleGroupRequest.shape.intervalSeconds.safeParse(seconds);
    if (!checked.success && (isKept || Number.isNaN(seconds))) {
      const why = Number.isNaN(seconds)
        ? `not a valid duration string: "${text}"`
        : `interval ${text}: whole seconds, at least ${RULE_INTERVAL_MIN_SECONDS}s and at most 1d`;
      this.yaml.refuse(value.place, why);
    }
    return checked.data ?? INTERVAL_SECONDS;
  }

  private limit(value: YamlValue | undefined): number {
    const text = this.yaml.text(value, 'limit');
    const checked = RuleGroupRequest.shape.limit.safeParse(text === '' ? 0 : Number(text));
    if (value !== undefined && !checked.success) {
      this.yaml.refuse(value.place, `limit must be a whole number from 0, not "${text}"`);
    }
    return checked.data ?? 0;
  }

  private rule(
    value: YamlValue,
    group: { readonly name: string; readonly at: number; readonly labels: Readonly<Record<string, string>> },
  ): RecordingRule | undefined {
    const fields = this.yaml.fields(value, 'a rule', RULE_FIELDS);
    const [record, alert, expr] = ['record', 'alert', 'expr'].map((name) => this.yaml.text(fields.get(name), name));
    const labels = { ...group.labels, ...this.labels(fields.get('labels')) };
    const rule = { record: record?.trim() ?? '', expr: expr?.trim() ?? '', labels };
    const refuse = (field: string, problem: string): void => {
      const named = `group "${group.name}", rule ${group.at + 1}, "${alert || record}"`;
      this.yaml.refuse((fields.get(field) ?? value).place, `${named}: ${problem}`);
    };
    if (Boolean(record) === Boolean(alert)) {
      refuse(
        'record',
        record ? "only one of 'record' and 'alert' must be set" : "one of 'record' or 'alert' must be set",
      );
    }
    if (rule.expr === '') {
      refuse('expr', "field 'expr' must be set in rule");
      return undefined;
    }
    if (!record) {
      const problem = expressionProblem(rule.expr, ['vector', 'scalar', 'string', 'matrix'], this.regexes);
      if (problem !== undefined) {
        refuse('expr', problem);
      }
      this.leaveOut(value, group.name, alert ?? '', 'An alerting rule; only recording rules are evaluated so far.');
      return undefined;
    }
    for (const field of ALERT_FIELDS.filter((name) => fields.has(name))) {
      refuse(field, `invalid field '${field}' in recording rule`);
    }
    const shape = RecordingRule.safeParse(rule);
    for (const { path, message } of shape.error?.issues ?? []) {
      refuse(String(path[0]), `${String(path[0])}: ${message}`);
    }
    for (const { field, message } of ruleProblems(rule, this.regexes)) {
      refuse(field, message);
    }
    return rule;
  }

  private labels(value: YamlValue | undefined): Readonly<Record<string, string>> {
    const fields = value === undefined ? [] : [...this.yaml.map(value, 'labels')];
    return Object.fromEntries(fields.map(([name, each]) => [name, this.yaml.text(each, `the label ${name}`)]));
  }

  private leaveOut({ place: { line } }: YamlValue, group: string | null, what: string, reason: string): void {
    this.notCarried.push({ line, group, what, reason });
  }
}

/** An interval as rule files write it. */
export function intervalText(seconds: number): string {
  return formatDuration(BigInt(seconds) * NANOS_PER_SECOND);
}
