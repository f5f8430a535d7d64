import type { LogRuleStep } from '@aegisguard/model';
import type { RuleCompiler } from './rule-compiler.ts';
import type { CompiledStep } from './rule-run.ts';
import { attributesStep, dropAttributesStep } from './steps/attributes.ts';
import { decolorizeStep } from './steps/decolorize.ts';
import { dropStep } from './steps/drop.ts';
import { eventMessageStep } from './steps/event-message.ts';
import { grokStep } from './steps/grok.ts';
import { jsonStep } from './steps/json.ts';
import { dropLabelsStep, keepLabelsStep, labelsStep, staticLabelsStep } from './steps/labels.ts';
import { levelStep } from './steps/level.ts';
import { logfmtStep } from './steps/logfmt.ts';
import { matchStep } from './steps/match.ts';
import { metricStep } from './steps/metric.ts';
import { outputStep } from './steps/output.ts';
import { packStep } from './steps/pack.ts';
import { regexStep } from './steps/regex.ts';
import { renameStep } from './steps/rename.ts';
import { replaceStep } from './steps/replace.ts';
import { sampleStep } from './steps/sample.ts';
import { templateStep } from './steps/template.ts';
import { timestampStep } from './steps/timestamp.ts';
import { truncateStep } from './steps/truncate.ts';

type Compilers = {
  readonly [Kind in LogRuleStep['kind']]: (
    step: Extract<LogRuleStep, { readonly kind: Kind }>,
    compiler: RuleCompiler,
  ) => CompiledStep;
};

const COMPILERS: Compilers = {
  regex: regexStep,
  grok: grokStep,
  json: jsonStep,
  logfmt: logfmtStep,
  'event-message': eventMessageStep,
  replace: replaceStep,
  template: templateStep,
  rename: renameStep,
  labels: labelsStep,
  'static-labels': staticLabelsStep,
  attributes: attributesStep,
  'drop-labels': dropLabelsStep,
  'keep-labels': keepLabelsStep,
  'drop-attributes': dropAttributesStep,
  drop: dropStep,
  sample: sampleStep,
  timestamp: timestampStep,
  output: outputStep,
  level: levelStep,
  decolorize: decolorizeStep,
  pack: packStep,
  truncate: truncateStep,
  metric: metricStep,
  match: matchStep,
};

/** Makes a step ready; throws `RuleFault`. */
export function compileStep(step: LogRuleStep, compiler: RuleCompiler): CompiledStep {
  return (COMPILERS[step.kind] as (step: LogRuleStep, compiler: RuleCompiler) => CompiledStep)(step, compiler);
}
