// https://grafana.com/docs/loki/latest/query/log_queries/#line-format-expression
import type { LineStage, LineState } from '../line-stage.ts';
import { FormatInput, FormatTemplate } from './format-template.ts';

/** Makes the line anew; where the template fails, it stays as it was, with an error. */
export class LineFormatLineStage implements LineStage {
  readonly #template: FormatTemplate;
  readonly #input = new FormatInput();

  constructor(template: string) {
    this.#template = new FormatTemplate(template, 'line');
  }

  run(state: LineState): boolean {
    const made = this.#template.execute(this.#input.of(state));
    if (typeof made === 'string') {
      state.line = made;
    } else {
      state.labels.fail('TemplateFormatErr', made.message);
    }
    return true;
  }
}
