import type { LogPipelines, LogRuleStep, StepOf } from '@aegisguard/model';
import { compileStep } from './compile-step.ts';
import type { LogMetric } from './metrics/log-metric.ts';
import { MetricNames } from './metrics/metric-names.ts';
import type { RuleCompiler } from './rule-compiler.ts';
import { RuleFault } from './rule-error.ts';
import { RegexAllowance, RuleRegex } from './rule-regex.ts';
import type { CompiledStep } from './rule-run.ts';
import { compileSelector, type RuleSelector } from './rule-selector.ts';
import { compileTemplate, type TextTemplate } from './rule-template.ts';

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

/** A rule made ready. */
export interface CompiledRule {
  readonly name: string;
  readonly selects: RuleSelector;
  readonly steps: readonly CompiledStep[];
}

/** How long a selector's logs are kept. */
export interface CompiledRetention {
  readonly selects: RuleSelector;
  readonly days: number;
}

/** What an organization wants done with its logs, made ready. Rules that are off are left out. */
export interface CompiledPipelines {
  readonly rules: readonly CompiledRule[];
  readonly retention: readonly CompiledRetention[];
}

/** Everything that cannot be used of pipelines. */
export function pipelineFaults(pipelines: LogPipelines): readonly PipelineFault[] {
  try {
    compilePipelines(pipelines);
    return [];
  } catch (error) {
    if (error instanceof PipelineFaults) {
      return error.faults;
    }
    throw error;
  }
}

/** Throws `PipelineFaults` naming everything that cannot be used. */
export function compilePipelines({ rules, retention }: LogPipelines): CompiledPipelines {
  const compiler = new Compiler();
  const names = rules.map(({ name }) => name);
  const compiled = rules.flatMap((rule, at) => {
    const path = `/rules/${at}`;
    if (names.indexOf(rule.name) < at) {
      compiler.faults.push({ path: `${path}/name`, message: 'Another rule has this name.' });
    }
    const selects = compiler.told(path, () => compiler.selector(rule.selector, 'selector'));
    const steps = compiler.stepsAt(rule.steps, `${path}/steps`);
    return selects === undefined || !rule.enabled ? [] : [{ name: rule.name, selects, steps }];
  });
  const kept = retention.flatMap(({ selector, days }, at) => {
    const selects = compiler.told(`/retention/${at}`, () => compiler.selector(selector, 'selector'));
    return selects === undefined ? [] : [{ selects, days }];
  });
  if (compiler.faults.length > 0) {
    throw new PipelineFaults(compiler.faults);
  }
  return { rules: compiled, retention: kept };
}

/** Makes the parts of rules ready and gathers what is wrong with them. */
class Compiler implements RuleCompiler {
  private readonly allowance = new RegexAllowance();
  private readonly metrics = new MetricNames();
  readonly faults: PipelineFault[] = [];
  private path = '';

  regex(expression: string, member: string): RuleRegex {
    return new RuleRegex(expression, member, this.allowance);
  }

  template(text: string, member: string): TextTemplate {
    return compileTemplate(text, member);
  }

  selector(text: string, member: string): RuleSelector {
    return compileSelector(text, member, this.allowance);
  }

  metric(step: StepOf<'metric'>): LogMetric {
    return this.metrics.take(step);
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
