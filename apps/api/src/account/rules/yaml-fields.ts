// https://yaml.org/spec/1.2.2/
import { AegisError, RULE_FILE_LENGTH_MAX } from '@aegisguard/model';
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  visit,
} from 'yaml';

/** Where something stands in a text; both 1-based. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Something that is wrong in a text. */
export interface TextProblem extends TextPlace {
  readonly message: string;
}

/** A value, where it stands, or its field when it is empty. */
export interface YamlValue {
  readonly node: Node | null;
  readonly place: TextPlace;
}

/** Maps that are merged into maps that are merged …; also ends a map that is merged into itself. */
const MERGE_DEPTH_MAX = 10;
/** More would help nobody. */
const PROBLEMS_MAX = 50;

/** The first document of a YAML text, read field by field; what is not as expected is collected, with its place. Every scalar is a text, as it is written. */
export class YamlText {
  readonly root: YamlValue;
  /** There are further documents, which nobody reads. */
  readonly hasMore: boolean;
  private readonly problems: TextProblem[] = [];
  private readonly lines = new LineCounter();
  private readonly document: Document.Parsed | undefined;
  private anchors: ReadonlyMap<Alias, Node> | undefined;
  /** Characters and values that may still be read: as many as the longest file has, also when aliases are written out, of which few can stand for very much. */
  private left = RULE_FILE_LENGTH_MAX;

  constructor(text: string) {
    // The library compares every key of a map with all before it: 30,000 of them take most of a minute.
    const options = { schema: 'failsafe', lineCounter: this.lines, prettyErrors: false, uniqueKeys: false } as const;
    const documents = parseAllDocuments(text, options);
    this.document = documents[0];
    this.hasMore = documents.length > 1;
    this.root = { node: this.document?.contents ?? null, place: { line: 1, column: 1 } };
    for (const { message, pos } of documents.flatMap(({ errors }) => errors)) {
      this.refuse(this.placeOf(pos[0]), message);
    }
    if (this.document?.errors.length === 0) {
      this.refuseRepeatedKeys(this.document);
    }
  }

  refuse({ line, column }: TextPlace, message: string): void {
    this.problems.push({ line, column, message });
  }

  /** Throws `invalid-request` with everything that was refused. */
  demandGood(): void {
    const [first] = this.problems;
    if (first !== undefined) {
      const errors = this.problems.slice(0, PROBLEMS_MAX).map((problem) => ({ path: '/yaml', ...problem }));
      throw new AegisError('invalid-request', {
        detail: `Line ${first.line}, column ${first.column}: ${first.message}`,
        members: { errors },
      });
    }
  }

  /** The fields of a map, of which only some are known; `what` names it. */
  fields(value: YamlValue, what: string, known: readonly string[]): ReadonlyMap<string, YamlValue> {
    const fields = this.map(value, what);
    for (const [name, { place }] of fields) {
      if (!known.includes(name)) {
        this.refuse(place, `field ${name} not found in ${what}`);
      }
    }
    return fields;
  }

  /** The fields of a map, whatever they are called; none of an empty value. */
  map(value: YamlValue, what: string): ReadonlyMap<string, YamlValue> {
    const fields = new Map<string, YamlValue>();
    this.collect(value, what, fields, 0);
    return fields;
  }

  /** The elements of a list; none of an empty value. */
  list(value: YamlValue | undefined, what: string): readonly YamlValue[] {
    const node = this.resolve(value?.node ?? null);
    if (value === undefined || node === null) {
      return [];
    }
    if (!isSeq<Node | null>(node)) {
      this.refuse(value.place, `${what} must be a list`);
      return [];
    }
    this.spend(node.items.length, value.place);
    return node.items.map((item) => ({ node: item, place: this.placeOf(item?.range?.[0], value.place) }));
  }

  /** A text; '' for an empty value. */
  text(value: YamlValue | undefined, what: string): string {
    const node = this.resolve(value?.node ?? null);
    if (value === undefined || node === null) {
      return '';
    }
    if (!isScalar(node)) {
      this.refuse(value.place, `${what} must be a text`);
      return '';
    }
    const text = String(node.value ?? '');
    this.spend(text.length, value.place);
    return text;
  }

  private collect(value: YamlValue, what: string, fields: Map<string, YamlValue>, depth: number): void {
    const node = this.resolve(value.node);
    if (node === null) {
      return;
    }
    if (!isMap<Node, Node | null>(node) || depth > MERGE_DEPTH_MAX) {
      this.refuse(value.place, `${what} must be a map`);
      return;
    }
    this.spend(1 + node.items.length, value.place);
    const merged: YamlValue[] = [];
    for (const { key, value: item } of node.items) {
      const place = this.placeOf(item?.range?.[0] ?? key.range?.[0], value.place);
      const name = isScalar(key) ? String(key.value) : '';
      if (name === '<<' && isScalar(key) && key.type === 'PLAIN') {
        merged.push({ node: item, place });
      } else if (!fields.has(name)) {
        fields.set(name, { node: item, place });
      }
    }
    for (const each of merged) {
      const parts = isSeq(this.resolve(each.node)) ? this.list(each, what) : [each];
      for (const part of parts) {
        this.collect(part, what, fields, depth + 1);
      }
    }
  }

  private resolve(node: Node | null): Node | null {
    const resolved = isAlias(node) ? this.anchored(node) : node;
    // An empty value is a scalar without a text.
    return isScalar(resolved) && (resolved.value === null || (resolved.value === '' && resolved.type === 'PLAIN'))
      ? null
      : resolved;
  }

  private anchored(alias: Alias): Node | null {
    this.anchors ??= anchorsOf(this.document);
    const node = this.anchors.get(alias);
    if (node === undefined) {
      this.refuse(this.placeOf(alias.range?.[0]), `there is no anchor ${alias.source}`);
    }
    return node ?? null;
  }

  private spend(units: number, place: TextPlace): void {
    this.left -= units;
    if (this.left < 0) {
      this.refuse(place, `with its aliases written out the file has more than ${RULE_FILE_LENGTH_MAX} characters`);
      this.demandGood();
    }
  }

  private refuseRepeatedKeys(document: Document.Parsed): void {
    visit(document, {
      Map: (_, { items }) => {
        const seen = new Set<unknown>();
        for (const { key } of items) {
          if (isScalar(key) && seen.has(key.value)) {
            this.refuse(this.placeOf(key.range?.[0] ?? 0), 'Map keys must be unique');
          }
          seen.add(isScalar(key) ? key.value : key);
        }
      },
    });
  }

  private placeOf(offset: number | undefined, otherwise: TextPlace = { line: 1, column: 1 }): TextPlace {
    if (offset === undefined) {
      return otherwise;
    }
    const { line, col } = this.lines.linePos(offset);
    return { line, column: col };
  }
}

/** What each alias stands for: the last node before it that has its anchor. */
function anchorsOf(document: Document.Parsed | undefined): ReadonlyMap<Alias, Node> {
  const latest = new Map<string, Node>();
  const found = new Map<Alias, Node>();
  visit(document ?? null, {
    Node: (_, node) => {
      const meant = isAlias(node) ? latest.get(node.source) : undefined;
      if (isAlias(node) && meant !== undefined) {
        found.set(node, meant);
      } else if (!isAlias(node) && node.anchor !== undefined) {
        latest.set(node.anchor, node);
      }
    },
  });
  return found;
}
