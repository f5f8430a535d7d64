/** Why a template cannot be compiled, or gave nothing for a line; the message is in the words of Go's text/template. */
export class TemplateError extends Error {
  /** Where in the template's text, counted in UTF-16 units. */
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.name = 'TemplateError';
    this.position = position;
  }
}
