// `| json`: https://grafana.com/docs/loki/latest/query/log_queries/#json
import type { LineLabels } from '../line-labels.ts';
import type { LineStage, LineState } from '../line-stage.ts';
import type { NeededLabels } from '../needed-labels.ts';
import { labelNameOf, ParsedNames } from '../parsed-names.ts';
import { JsonScanner } from './json-scanner.ts';
import { jsonText } from './unescape-json.ts';

/** Objects inside of one another whose members become labels; deeper ones do not, since names grow with each. */
const DEPTH_MAX = 64;
/** The same for long keys: Loki itself takes no label with a longer name. */
const PREFIX_LENGTH_MAX = 1024;

/**
 * Every member of a line that is an object becomes a label: those of objects inside by their path joined with `_`, arrays and nulls not at all. What was found
 * before an error stays; what stands behind the object is not looked at.
 */
export class JsonLineStage implements LineStage {
  readonly #needed: NeededLabels;
  readonly #names: ParsedNames;
  readonly #scanner = new JsonScanner();

  constructor(needed: NeededLabels) {
    this.#needed = needed;
    this.#names = new ParsedNames(needed);
  }

  run({ line, labels }: LineState): boolean {
    if (this.#needed.isNone) {
      return true;
    }
    this.#scanner.begin(line);
    this.#readObject('', 0, labels);
    if (this.#scanner.problem !== undefined) {
      labels.fail('JSONParserErr', this.#scanner.problem);
    }
    return true;
  }

  /** Reads the object that comes next; true when the parser is done with the line. */
  #readObject(prefix: string, depth: number, labels: LineLabels): boolean {
    const scanner = this.#scanner;
    if (!scanner.openObject()) {
      return true;
    }
    let key = scanner.nextKey(true);
    while (key !== undefined && scanner.problem === undefined) {
      if (this.#readMember(prefix, key, depth, labels)) {
        return true;
      }
      key = scanner.nextKey(false);
    }
    return scanner.problem !== undefined;
  }

  #readMember(prefix: string, key: string, depth: number, labels: LineLabels): boolean {
    const scanner = this.#scanner;
    scanner.nextToken();
    const start = scanner.at;
    const isInside = depth > 0 && scanner.text.charCodeAt(start) === 0x7b;
    const name = this.#nameOf(prefix, key);
    // An object that another one holds is known to be closed.
    if (!(isInside && this.#descends(name, depth)) && !scanner.readValue()) {
      return true;
    }
    if (isInside || scanner.kind === 'object') {
      if (!this.#descends(name, depth)) {
        return false;
      }
      const end = scanner.at;
      scanner.at = start;
      const isDone = this.#readObject(name, depth + 1, labels);
      scanner.at = isInside ? scanner.at : end;
      return isDone;
    }
    return scanner.kind !== 'array' && scanner.kind !== 'null' && this.#setLabel(name, labels);
  }

  #nameOf(prefix: string, key: string): string {
    if (prefix === '') {
      return this.#names.of(key);
    }
    const name = labelNameOf(key, false);
    return name === '' ? prefix : `${prefix}_${name}`;
  }

  #descends(name: string, depth: number): boolean {
    return depth < DEPTH_MAX && name.length <= PREFIX_LENGTH_MAX && this.#needed.wantsBehind(name);
  }

  #setLabel(name: string, labels: LineLabels): boolean {
    const label = name === '' ? undefined : this.#names.labelFor(name, labels);
    if (label === undefined) {
      return false;
    }
    const { kind, raw } = this.#scanner;
    labels.setParsed(label, kind === 'string' ? jsonText(raw) : raw);
    return this.#needed.found(label);
  }
}
