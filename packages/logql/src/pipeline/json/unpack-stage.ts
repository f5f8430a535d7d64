// `| unpack`: https://grafana.com/docs/loki/latest/query/log_queries/#unpack
import type { LineStage, LineState } from '../line-stage.ts';
import type { NeededLabels } from '../needed-labels.ts';
import { ParsedNames } from '../parsed-names.ts';
import { JsonScanner } from './json-scanner.ts';
import { jsonText, unescapeJson } from './unescape-json.ts';

/** The member that has the line as it was before it was packed. */
const ENTRY = '_entry';
const NOT_AN_OBJECT = 'expecting json object(6), but it is not';

/** Undoes packing: the texts of an object that has an `_entry` become labels, and this the line. Any other object stays as it is. */
export class UnpackStage implements LineStage {
  readonly #needed: NeededLabels;
  readonly #names: ParsedNames;
  readonly #scanner = new JsonScanner();
  readonly #members: [name: string, value: string][] = [];

  constructor(needed: NeededLabels) {
    this.#needed = needed;
    this.#names = new ParsedNames(needed);
  }

  run(state: LineState): boolean {
    const { line, labels } = state;
    if (this.#needed.isNone || line === '') {
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
      this.#setLabels(state);
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
        this.#members.push([this.#names.of(key), jsonText(scanner.raw)]);
      }
      key = scanner.nextKey(false);
    }
    return entry;
  }

  #setLabels({ labels }: LineState): void {
    for (const [name, value] of this.#members) {
      const label = name === '' ? undefined : this.#names.labelFor(name, labels);
      if (label !== undefined) {
        labels.setParsed(label, value);
        this.#needed.found(label);
      }
    }
  }
}
