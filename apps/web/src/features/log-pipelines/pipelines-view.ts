/** The parts of the page. */
export const PIPELINE_TABS = ['rules', 'retention', 'text'] as const;

/** Everything that a link to the page reproduces. What is not saved is not among it, and neither are lines that are tried. */
export interface PipelinesView {
  readonly tab: (typeof PIPELINE_TABS)[number];
  /** The place of the rule that is open, from 0. */
  readonly rule: number | undefined;
}

/** Reads a view from the address; what is missing or makes no sense is as in the default view. */
export function parsePipelinesView(parameters: URLSearchParams): PipelinesView {
  const rule = parameters.get('rule') ?? '';
  return {
    tab: PIPELINE_TABS.find((tab) => tab === parameters.get('tab')) ?? 'rules',
    rule: /^[1-9]\d?$/.test(rule) ? Number(rule) - 1 : undefined,
  };
}

/** Writes a view as parameters of the address, where rules are counted from 1; what is as in the default view is left out. */
export function printPipelinesView({ tab, rule }: PipelinesView): URLSearchParams {
  return new URLSearchParams([
    ...(tab === 'rules' ? [] : [['tab', tab]]),
    ...(rule === undefined ? [] : [['rule', String(rule + 1)]]),
  ]);
}
