// `| json`: https://grafana.com/docs/loki/latest/query/log_queries/#json
import type { LineLabels } from '../line-labels.ts';
import type { LineStage, LineState } from '../line-stage.ts';
import { labelNameOf, type ParsedLabels, type Verdict } from '../parsed-labels.ts';
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
  readonly #parsed: ParsedLabels;
  readonly #scanner = new JsonScanner();

  constructor(parsed: ParsedLabels) {
    this.#parsed = parsed;
  }

  run({ line, labels }: LineState): boolean {
    if (this.#parsed.needed.isNone) {
      return true;
    }
    this.#scanner.begin(line);
    const verdict = this.#readObject('', 0, labels);
    if (this.#scanner.problem !== undefined) {
      labels.fail('JSONParserErr', this.#scanner.problem);
    }
    return verdict !== 'drop';
  }

  /** Reads the object that comes next. */
  #readObject(prefix: string, depth: number, labels: LineLabels): Verdict {
    const scanner = this.#scanner;
    if (!scanner.openObject()) {
      return 'done';
    }
    let key = scanner.nextKey(true);
    while (key !== undefined && scanner.problem === undefined) {
      const verdict = this.#readMember(prefix, key, depth, labels);
      if (verdict !== 'go on') {
        return verdict;
      }
      key = scanner.nextKey(false);
    }
    return scanner.problem === undefined ? 'go on' : 'done';
  }

  #readMember(prefix: string, key: string, depth: number, labels: LineLabels): Verdict {
    const scanner = this.#scanner;
    scanner.nextToken();
    const start = scanner.at;
    const isInside = depth > 0 && scanner.text.charCodeAt(start) === 0x7b;
    const name = this.#nameOf(prefix, key);
    // An object that another one holds is known to be closed.
    if (!(isInside && this.#descends(name, depth)) && !scanner.readValue()) {
      return 'done';
    }
    if (isInside || scanner.kind === 'object') {
      if (!this.#descends(name, depth)) {
        return 'go on';
      }
      const end = scanner.at;
      scanner.at = start;
      const verdict = this.#readObject(name, depth + 1, labels);
      scanner.at = isInside ? scanner.at : end;
      return verdict;
    }
    return scanner.kind === 'array' || scanner.kind === 'null' ? 'go on' : this.#setLabel(name, labels);
  }

  #nameOf(prefix: string, key: string): string {
    if (prefix === '') {
      return this.#parsed.nameOf(key);
    }
    const name = labelNameOf(key, false);
    return name === '' ? prefix : `${prefix}_${name}`;
  }

  #descends(name: string, depth: number): boolean {
    return depth < DEPTH_MAX && name.length <= PREFIX_LENGTH_MAX && this.#parsed.needed.wantsBehind(name);
  }

  #setLabel(name: string, labels: LineLabels): Verdict {
    const label = this.#parsed.labelFor(name, labels);
    if (label === undefined) {
      return 'go on';
    }
    const { kind, raw } = this.#scanner;
    return this.#parsed.set(label, kind === 'string' ? jsonText(raw) : raw, labels);
  }
}
