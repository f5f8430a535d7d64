import { invalidQuery } from '@aegisguard/model';
import { type CompiledTemplate, compileTemplate, type TemplateInput } from '../../template/compile-template.ts';
import { TemplateError } from '../../template/template-error.ts';
import type { LineState } from '../line-stage.ts';
import type { LineWork } from '../line-work.ts';

/** A template that is executed for the log at hand. */
export class FormatTemplate {
  readonly #template: CompiledTemplate;

  /** Throws `invalid-query` for a text that is no template; `name` is how messages call it. */
  constructor(text: string, name: 'line' | 'label') {
    try {
      this.#template = compileTemplate(text, name);
    } catch (error) {
      throw error instanceof TemplateError
        ? invalidQuery(0, `invalid ${name} template: ${error.message.slice(0, 200).toWellFormed()}`)
        : error;
    }
  }

  /** What the template makes of the log, or why it gave nothing. */
  execute(input: TemplateInput): string | TemplateError {
    try {
      return this.#template.execute(input);
    } catch (error) {
      if (error instanceof TemplateError) {
        return error;
      }
      throw error;
    }
  }
}

/** A log as templates see it, whichever it is at the time. */
export class FormatInput implements TemplateInput {
  #state: LineState | undefined;

  /** The log to be seen. */
  of(state: LineState): this {
    this.#state = state;
    return this;
  }

  readonly labels = (name: string): string | undefined => this.#state?.labels.get(name);

  readonly allLabels = (): Readonly<Record<string, string>> => this.#state?.labels.all() ?? {};

  get work(): LineWork | undefined {
    return this.#state?.labels.work;
  }

  get line(): string {
    return this.#state?.line ?? '';
  }

  get timestampNanos(): bigint {
    return this.#state?.timestamp ?? 0n;
  }
}
