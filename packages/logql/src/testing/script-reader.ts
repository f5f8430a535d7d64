/** Reads the pieces of a script's line one after the other. */
export class ScriptReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** What is left, without spaces around it. */
  get rest(): string {
    return this.#text.slice(this.#at).trim();
  }

  /** Takes what a sticky expression finds behind spaces; undefined when it finds nothing. */
  take(expression: RegExp): RegExpExecArray | undefined {
    const spaces = /\s*/y;
    spaces.lastIndex = this.#at;
    spaces.exec(this.#text);
    const sticky = new RegExp(expression.source, `${expression.flags.replace('y', '')}y`);
    sticky.lastIndex = spaces.lastIndex;
    const found = sticky.exec(this.#text);
    if (found === null) {
      return;
    }
    this.#at = sticky.lastIndex;
    return found;
  }

  /** The same of what has to be there. */
  expect(expression: RegExp, what: string): RegExpExecArray {
    const found = this.take(expression);
    if (found === undefined) {
      throw new Error(`${what} is expected at: ${this.rest}`);
    }
    return found;
  }

  /** A text in quotes or backticks, as it stands there. */
  quoted(): string {
    const [, double, raw] = this.expect(/"([^"]*)"|`([^`]*)`/, 'a text');
    return double ?? raw ?? '';
  }

  /** A text in quotes with its escapes read, or in backticks. */
  escaped(): string {
    const [whole, , raw] = this.expect(/"((?:[^"\\]|\\.)*)"|`([^`]*)`/, 'a text');
    return raw ?? (JSON.parse(whole) as string);
  }

  /** `{a="x", b="y"}`. */
  labels(): Record<string, string> {
    this.expect(/\{/, '{');
    const labels: Record<string, string> = {};
    while (this.take(/\}/) === undefined) {
      const [name] = this.expect(/[A-Za-z_][A-Za-z0-9_.]*/, 'a label');
      this.expect(/=/, '=');
      labels[name] = this.escaped();
      this.take(/,/);
    }
    return labels;
  }
}
