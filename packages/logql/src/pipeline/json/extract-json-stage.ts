// `| json a="b.c"`: https://grafana.com/docs/loki/latest/query/log_queries/#json
import type { LabelExtraction } from '../../syntax/ast/stage.ts';
import type { LineLabels } from '../line-labels.ts';
import type { LineStage, LineState } from '../line-stage.ts';
import type { NeededLabels } from '../needed-labels.ts';
import { parseJsonPath } from './json-path.ts';
import { JsonScanner } from './json-scanner.ts';
import { jsonText } from './unescape-json.ts';

/** What is wanted at a place of the line and inside of it. */
interface Place {
  /** Labels that the value becomes, by their numbers. */
  readonly labels: number[];
  readonly inside: Map<string | number, Place>;
}

const CAN_BE_JSON = /^["{[]/;

/** Labels from named places of a line, all found on one way through it; a label whose place is missing is empty. The first of equal members counts. */
export class ExtractJsonStage implements LineStage {
  readonly #needed: NeededLabels;
  readonly #labels: readonly string[];
  readonly #root: Place = newPlace();
  readonly #scanner = new JsonScanner();
  /** By the numbers of the labels; `#missing` says how many are not found yet. */
  readonly #found: boolean[];
  #missing = 0;

  constructor(extractions: readonly LabelExtraction[], needed: NeededLabels) {
    this.#needed = needed;
    this.#labels = extractions.map(({ label }) => label);
    this.#found = this.#labels.map(() => false);
    for (const [i, { expression }] of extractions.entries()) {
      let place = this.#root;
      for (const step of parseJsonPath(expression)) {
        const next = place.inside.get(step) ?? newPlace();
        place.inside.set(step, next);
        place = next;
      }
      place.labels.push(i);
    }
  }

  run({ line, labels }: LineState): boolean {
    if (this.#needed.isNone || line === '') {
      return true;
    }
    if (!CAN_BE_JSON.test(line)) {
      labels.fail('JSONParserErr', '');
      return true;
    }
    this.#found.fill(false);
    this.#missing = this.#labels.length;
    this.#scanner.begin(line);
    this.#search(this.#root, labels);
    if (this.#missing > 0) {
      this.#setMissing(labels);
    }
    return true;
  }

  /** Looks for places inside of the value that comes next; true when the search is over. */
  #search(place: Place, labels: LineLabels): boolean {
    const token = this.#scanner.nextToken();
    if (token === 0x7b) {
      return this.#searchObject(place, labels);
    }
    return token === 0x5b ? this.#searchArray(place, labels) : !this.#scanner.readValue();
  }

  #searchObject(place: Place, labels: LineLabels): boolean {
    const scanner = this.#scanner;
    scanner.openObject();
    let key = scanner.nextKey(true);
    while (key !== undefined && scanner.problem === undefined) {
      if (this.#visit(place.inside.get(key), labels)) {
        return true;
      }
      key = scanner.nextKey(false);
    }
    return scanner.problem !== undefined;
  }

  #searchArray(place: Place, labels: LineLabels): boolean {
    const scanner = this.#scanner;
    scanner.at += 1;
    for (let i = 0; ; i += 1) {
      const token = scanner.nextToken();
      if (token === 0x5d) {
        scanner.at += 1;
        return false;
      }
      if (this.#visit(place.inside.get(i), labels)) {
        return true;
      }
      if (scanner.nextToken() === 0x2c) {
        scanner.at += 1;
      } else if (scanner.nextToken() !== 0x5d) {
        return true;
      }
    }
  }

  /** Steps over the value that comes next, with what is wanted of it; true when the search is over. */
  #visit(place: Place | undefined, labels: LineLabels): boolean {
    const scanner = this.#scanner;
    scanner.nextToken();
    const start = scanner.at;
    if (!scanner.readValue()) {
      if (place !== undefined && place.labels.length > 0) {
        labels.fail('JSONParserErr', scanner.problem ?? '');
      }
      return true;
    }
    if (place === undefined) {
      return false;
    }
    const end = scanner.at;
    for (const label of place.labels) {
      if (!this.#found[label]) {
        this.#setFound(label, labels);
      }
    }
    if (place.inside.size > 0 && (scanner.kind === 'object' || scanner.kind === 'array')) {
      scanner.at = start;
      if (this.#search(place, labels)) {
        return true;
      }
      scanner.at = end;
    }
    return this.#missing === 0;
  }

  #setFound(index: number, labels: LineLabels): void {
    const { kind, raw } = this.#scanner;
    const name = this.#labels[index] ?? '';
    this.#found[index] = true;
    this.#missing -= 1;
    const value = kind === 'null' ? '' : kind === 'object' ? raw : jsonText(raw);
    const label = labels.parsedName(name);
    labels.setParsed(label, value);
    this.#needed.found(label);
  }

  #setMissing(labels: LineLabels): void {
    for (const [i, name] of this.#labels.entries()) {
      if (!this.#found[i] && labels.get(name) === undefined) {
        labels.setParsed(name, '');
      }
    }
  }
}

function newPlace(): Place {
  return { labels: [], inside: new Map() };
}
