// https://grafana.com/docs/loki/latest/query/log_queries/#labels-format-expression
import { invalidQuery } from '@aegisguard/model';
import type { LabelFormat } from '../../syntax/ast/stage.ts';
import { ERROR_LABEL } from '../line-labels.ts';
import type { LineStage, LineState } from '../line-stage.ts';
import { FormatInput, FormatTemplate } from './format-template.ts';

interface Rename {
  readonly label: string;
  readonly from: string;
}

interface Making {
  readonly label: string;
  readonly template: FormatTemplate;
}

/**
 * Renames labels and makes them of templates, in the order of the query. All templates of a stage see the labels as they are when the first of them is reached.
 * A label that is made so replaces one of the stream. A renamed one stays what it was: the stream's, of the metadata or parsed.
 */
export class LabelFormatLineStage implements LineStage {
  readonly #before: readonly Rename[];
  /** From the first template on. */
  readonly #after: readonly (Rename | Making)[];
  readonly #input = new FormatInput();

  constructor(formats: readonly LabelFormat[]) {
    checkNames(formats.map(({ label }) => label));
    const steps = formats.map((format) =>
      'from' in format ? format : { label: format.label, template: new FormatTemplate(format.template, 'label') },
    );
    const first = steps.findIndex((step) => 'template' in step);
    const split = first === -1 ? steps.length : first;
    this.#before = steps.slice(0, split).filter((step) => 'from' in step);
    this.#after = steps.slice(split);
  }

  run(state: LineState): boolean {
    for (const step of this.#before) {
      rename(step, state);
    }
    const input = this.#input.of(state);
    const made = this.#after.map((step) => ('template' in step ? step.template.execute(input) : ''));
    for (const [i, step] of this.#after.entries()) {
      const value = made[i];
      if ('from' in step) {
        rename(step, state);
      } else if (typeof value === 'string') {
        state.labels.setParsed(step.label, value);
      } else if (value !== undefined) {
        state.labels.fail('TemplateFormatErr', value.message);
      }
    }
    return true;
  }
}

function rename({ label, from }: Rename, { labels }: LineState): void {
  const value = labels.get(from);
  if (value !== undefined) {
    labels.set(labels.categoryOf(from), label, value);
    labels.remove(from);
  }
}

function checkNames(names: readonly string[]): void {
  if (names.includes(ERROR_LABEL)) {
    throw invalidQuery(0, `${ERROR_LABEL} cannot be formatted`);
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw invalidQuery(0, `multiple label name '${twice}' not allowed in a single format operation`);
  }
}
