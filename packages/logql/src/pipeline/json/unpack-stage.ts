// `| unpack`: https://grafana.com/docs/loki/latest/query/log_queries/#unpack
import type { LineStage, LineState } from '../line-stage.ts';
import type { ParsedLabels } from '../parsed-labels.ts';
import { JsonScanner } from './json-scanner.ts';
import { jsonText, unescapeJson } from './unescape-json.ts';

/** The member that has the line as it was before it was packed. */
const ENTRY = '_entry';
const NOT_AN_OBJECT = 'expecting json object(6), but it is not';

/** Undoes packing: the texts of an object that has an `_entry` become labels, and this the line. Any other object stays as it is. */
export class UnpackStage implements LineStage {
  readonly #parsed: ParsedLabels;
  readonly #scanner = new JsonScanner();
  readonly #members: [name: string, value: string][] = [];

  constructor(parsed: ParsedLabels) {
    this.#parsed = parsed;
  }

  run(state: LineState): boolean {
    const { line, labels } = state;
    if (this.#parsed.needed.isNone || line === '') {
      return true;
    }
    if (!line.startsWith('{')) {
      labels.fail('JSONParserErr', NOT_AN_OBJECT);
      return true;
    }
    this.#members.length = 0;
    this.#scanner.begin(line);
    const entry = this.#readObject();
    if (this.#scanner.problem !== undefined) {
      labels.fail('JSONParserErr', this.#scanner.problem);
    } else if (entry !== undefined) {
      state.line = entry;
      return this.#setLabels(state);
    }
    return true;
  }

  /** Notes the object's texts; gives the packed line when there is one. */
  #readObject(): string | undefined {
    const scanner = this.#scanner;
    let entry: string | undefined;
    scanner.openObject();
    let key = scanner.nextKey(true);
    while (key !== undefined && scanner.problem === undefined && scanner.readValue()) {
      if (scanner.kind === 'string' && key === ENTRY) {
        entry = unescapeJson(scanner.raw) ?? '';
      } else if (scanner.kind === 'string') {
        this.#members.push([this.#parsed.nameOf(key), jsonText(scanner.raw)]);
      }
      key = scanner.nextKey(false);
    }
    return entry;
  }

  #setLabels({ labels }: LineState): boolean {
    for (const [name, value] of this.#members) {
      const label = this.#parsed.labelFor(name, labels);
      if (label !== undefined && this.#parsed.set(label, value, labels) === 'drop') {
        return false;
      }
    }
    return true;
  }
}
