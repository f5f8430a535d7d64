import type { IngestEnvelope, LogPipelines, LogRecord, LogRuleStep } from '@aegisguard/model';
import { compileStep } from './compile-step.ts';
import { RuleBudget } from './rule-budget.ts';
import type { RuleCompiler } from './rule-compiler.ts';
import { RuleError, RuleFault } from './rule-error.ts';
import { RegexAllowance, RuleRegex } from './rule-regex.ts';
import type { CompiledStep, RuleRun } from './rule-run.ts';
import { compileSelector, type RuleSelector } from './rule-selector.ts';
import { compileTemplate } from './rule-template.ts';
import { runSteps } from './run-steps.ts';
import { WorkingEntry } from './working-entry.ts';

/** Names the stages that failed on a record, rules among them. */
const PIPELINE_ERROR = 'aegis.pipeline_error';

/** What rules made of a batch. */
export interface RuledLogs {
  /** Those that stay, in their order. */
  readonly records: readonly LogRecord[];
  /** Those among them that have another message than before: what is read out of messages is to be read again. */
  readonly rewritten: readonly LogRecord[];
  /** How many logs each rule dropped, by its name. */
  readonly dropped: ReadonlyMap<string, number>;
  /** On how many logs each rule failed. */
  readonly failed: ReadonlyMap<string, number>;
}

/** What is wrong with the rules, as a problem's `errors` have it. */
export interface PipelineFault {
  /** JSON Pointer inside the pipelines. */
  readonly path: string;
  readonly message: string;
}

/** Rules cannot be made ready. */
export class PipelineFaults extends Error {
  override readonly name = 'PipelineFaults';
  readonly faults: readonly PipelineFault[];

  constructor(faults: readonly PipelineFault[]) {
    super(faults.map(({ path, message }) => `${path}: ${message}`).join('; '));
    this.faults = faults;
  }
}

interface CompiledRule {
  readonly name: string;
  readonly selects: RuleSelector;
  readonly steps: readonly CompiledStep[];
}

interface CompiledRetention {
  readonly selects: RuleSelector;
  readonly days: number;
}

/** An organization's rules made ready. They keep nothing from one batch to the next. */
export class LogRules {
  private readonly rules: readonly CompiledRule[];
  private readonly retention: readonly CompiledRetention[];

  /** Throws `PipelineFaults` naming everything that cannot be used. */
  constructor({ rules, retention }: LogPipelines) {
    const faults: PipelineFault[] = [];
    const compiler = new Compiler(faults);
    this.rules = rules.flatMap((rule, at) => {
      const path = `/rules/${at}`;
      const selects = compiler.told(path, () => compiler.selector(rule.selector, 'selector'));
      const steps = compiler.stepsAt(rule.steps, `${path}/steps`);
      return selects === undefined || !rule.enabled ? [] : [{ name: rule.name, selects, steps }];
    });
    this.retention = retention.flatMap(({ selector, days }, at) => {
      const selects = compiler.told(`/retention/${at}`, () => compiler.selector(selector, 'selector'));
      return selects === undefined ? [] : [{ selects, days }];
    });
    if (faults.length > 0) {
      throw new PipelineFaults(faults);
    }
  }

  get hasRules(): boolean {
    return this.rules.length > 0;
  }

  /** Applies the rules to the records of a batch, in place. A rule that fails leaves the record as it found it, and the record says so. */
  run(records: readonly LogRecord[], batch: Pick<IngestEnvelope, 'batchId' | 'receivedAtMs' | 'retentionDays'>): RuledLogs {
    const run: RuleRun = { ...batch, budget: new RuleBudget(), lastTimes: new Map() };
    const kept: LogRecord[] = [];
    const rewritten: LogRecord[] = [];
    const dropped = new Map<string, number>();
    const failed = new Map<string, number>();
    for (const record of records) {
      const { message } = record;
      const by = this.apply(record, run, failed);
      if (by !== undefined) {
        dropped.set(by, (dropped.get(by) ?? 0) + 1);
        continue;
      }
      kept.push(record);
      if (record.message !== message) {
        rewritten.push(record);
      }
    }
    return { records: kept, rewritten, dropped, failed };
  }

  /** The days that a log is kept by the first rule that finds it; undefined where none does. */
  retentionOf(record: LogRecord): number | undefined {
    if (this.retention.length === 0) {
      return undefined;
    }
    const entry = new WorkingEntry(record);
    return this.retention.find(({ selects }) => holds(selects, entry))?.days;
  }

  get hasRetention(): boolean {
    return this.retention.length > 0;
  }

  /** The rule that dropped the record; undefined when it stays. */
  private apply(record: LogRecord, run: RuleRun, failed: Map<string, number>): string | undefined {
    if (!run.budget.startRecord()) {
      note(record, 'rules: their time for the batch is spent');
      return undefined;
    }
    for (const { name, selects, steps } of this.rules) {
      const entry = new WorkingEntry(record);
      try {
        if (selects(entry)) {
          runSteps(steps, entry, run);
        }
        if (entry.dropped !== undefined) {
          return name;
        }
      } catch (error) {
        entry.rollBack();
        note(record, `rule ${name}: ${error instanceof RuleError ? error.message : 'failed'}`);
        failed.set(name, (failed.get(name) ?? 0) + 1);
      }
    }
    run.budget.endRecord();
    return undefined;
  }
}

/** A selector that cannot be applied finds nothing. */
function holds(selects: RuleSelector, entry: WorkingEntry): boolean {
  try {
    return selects(entry);
  } catch {
    return false;
  }
}

function note(record: LogRecord, problem: string): void {
  const earlier = record.attributes[PIPELINE_ERROR];
  record.attributes = {
    ...record.attributes,
    [PIPELINE_ERROR]: typeof earlier === 'string' ? `${earlier},${problem}` : problem,
  };
}

/** Makes the parts of rules ready and gathers what is wrong with them. */
class Compiler implements RuleCompiler {
  private readonly allowance = new RegexAllowance();
  private readonly faults: PipelineFault[];
  private path = '';

  constructor(faults: PipelineFault[]) {
    this.faults = faults;
  }

  regex(expression: string, member: string): RuleRegex {
    return new RuleRegex(expression, member, this.allowance);
  }

  template(text: string, member: string) {
    return compileTemplate(text, member);
  }

  selector(text: string, member: string): RuleSelector {
    return compileSelector(text, member);
  }

  steps(steps: readonly LogRuleStep[], member: string): readonly CompiledStep[] {
    return this.stepsAt(steps, `${this.path}/${member}`);
  }

  stepsAt(steps: readonly LogRuleStep[], path: string): readonly CompiledStep[] {
    return steps.flatMap((step, at) => {
      const compiled = this.told(`${path}/${at}`, () => compileStep(step, this));
      return compiled === undefined ? [] : [compiled];
    });
  }

  /** What `compile` gives; undefined, and a fault at the path, when it cannot. */
  told<Result>(path: string, compile: () => Result): Result | undefined {
    const outer = this.path;
    this.path = path;
    try {
      return compile();
    } catch (error) {
      if (!(error instanceof RuleFault)) {
        throw error;
      }
      this.faults.push({ path: error.member === '' ? path : `${path}/${error.member}`, message: error.message });
      return undefined;
    } finally {
      this.path = outer;
    }
  }
}
