// The grammar of https://jmespath.org/specification.html#grammar, by the strength of its operators.
import { JmesPathError } from './jmespath-error.ts';
import { type Token, tokensOf } from './lexer.ts';
import { COMPARATORS, type Comparator, type Node } from './node.ts';

const LENGTH_MAX = 2_000;
const DEPTH_MAX = 50;
const CURRENT: Node = { kind: 'current' };

/** How strongly a token binds what is left of it. */
const STRENGTHS: Readonly<Record<string, number>> = {
  '|': 1,
  '||': 2,
  '&&': 3,
  ...Object.fromEntries(COMPARATORS.map((op) => [op, 5])),
  '[]': 9,
  '*': 20,
  '[?': 21,
  '!': 45,
  '.': 40,
  '{': 50,
  '[': 55,
  '(': 60,
};
/** What follows a projection belongs to it when it binds at least so strongly. */
const PROJECTION_STOP = 10;

/** Parses an expression; throws `JmesPathError`. */
export function parseJmesPath(expression: string): Node {
  if (expression.length > LENGTH_MAX) {
    throw new JmesPathError(`it has more than ${LENGTH_MAX} characters`);
  }
  const parser = new Parser(tokensOf(expression));
  const node = parser.expression(0);
  parser.demand('end');
  return node;
}

class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  expression(strength: number): Node {
    this.depth += 1;
    if (this.depth > DEPTH_MAX) {
      throw new JmesPathError('it is nested too deeply');
    }
    let left = this.first();
    while (this.strength() > strength) {
      left = this.next(left);
    }
    this.depth -= 1;
    return left;
  }

  /** Takes a token of that punctuation, or the end. */
  demand(text: string): void {
    const token = this.take();
    if (token.kind === 'end' ? text !== 'end' : token.kind !== 'punctuation' || token.text !== text) {
      throw new JmesPathError(`there is ${name(token)} where ${text === 'end' ? 'nothing' : text} is expected`);
    }
  }

  private get token(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '' };
  }

  private take(): Token {
    const token = this.token;
    this.at += 1;
    return token;
  }

  private is(text: string, ahead = 0): boolean {
    const token = this.tokens[this.at + ahead];
    return token?.kind === 'punctuation' && token.text === text;
  }

  private strength(): number {
    return this.token.kind === 'punctuation' ? (STRENGTHS[this.token.text] ?? 0) : 0;
  }

  private first(): Node {
    const token = this.take();
    switch (token.kind) {
      case 'literal':
        return { kind: 'literal', value: token.value ?? null };
      case 'quoted':
        return { kind: 'field', name: token.text };
      case 'name':
        return this.is('(') ? this.call(token.text) : { kind: 'field', name: token.text };
      case 'punctuation':
        return this.firstPunctuation(token.text);
      default:
        throw new JmesPathError(`there is ${name(token)} where a value is expected`);
    }
  }

  private firstPunctuation(text: string): Node {
    switch (text) {
      case '@':
        return CURRENT;
      case '*':
        return this.values(CURRENT);
      case '[]':
        return this.flatten(CURRENT);
      case '[?':
        return this.filter(CURRENT);
      case '!':
        return { kind: 'not', of: this.expression(STRENGTHS['!'] ?? 0) };
      case '&':
        return { kind: 'reference', of: this.expression(0) };
      case '{':
        return this.object();
      case '(': {
        const inner = this.expression(0);
        this.demand(')');
        return inner;
      }
      case '[':
        return this.isBracket() ? this.bracket(CURRENT) : this.list();
      default:
        throw new JmesPathError(`there is ${text} where a value is expected`);
    }
  }

  private next(left: Node): Node {
    const { text } = this.take();
    switch (text) {
      case '.':
        if (this.is('*')) {
          this.take();
          return this.values(left);
        }
        return { kind: 'then', left, right: this.afterDot(STRENGTHS['.'] ?? 0) };
      case '|':
        return { kind: 'then', left, right: this.expression(STRENGTHS['|'] ?? 0) };
      case '||':
      case '&&':
        return { kind: text === '||' ? 'or' : 'and', left, right: this.expression(STRENGTHS[text] ?? 0) };
      case '[]':
        return this.flatten(left);
      case '[?':
        return this.filter(left);
      case '[':
        return this.bracket(left);
      default:
        if ((COMPARATORS as readonly string[]).includes(text)) {
          return { kind: 'comparison', op: text as Comparator, left, right: this.expression(STRENGTHS[text] ?? 0) };
        }
        throw new JmesPathError(`there is ${text} behind a value`);
    }
  }

  /** What may stand behind a dot: a name, a function, a list or an object of several. */
  private afterDot(strength: number): Node {
    if (this.token.kind === 'name' || this.token.kind === 'quoted') {
      return this.expression(strength);
    }
    const { text } = this.take();
    if (text === '[') {
      return this.list();
    }
    if (text === '{') {
      return this.object();
    }
    throw new JmesPathError(`there is ${text === '' ? 'nothing' : text} behind a dot`);
  }

  /** What a projection applies to each of its values. */
  private projected(kind: '*' | '[]' | '[?'): Node {
    const strength = STRENGTHS[kind] ?? 0;
    if (this.strength() < PROJECTION_STOP) {
      return CURRENT;
    }
    if (this.is('.')) {
      this.take();
      return this.is('*') ? this.expression(strength) : this.afterDot(strength);
    }
    if (this.is('[') || this.is('[?')) {
      return this.expression(strength);
    }
    throw new JmesPathError(`there is ${this.token.text} behind a projection`);
  }

  private values(left: Node): Node {
    return { kind: 'value-projection', left, right: this.projected('*') };
  }

  private flatten(left: Node): Node {
    return { kind: 'list-projection', left: { kind: 'flatten', left }, right: this.projected('[]') };
  }

  private filter(left: Node): Node {
    const condition = this.expression(0);
    this.demand(']');
    return { kind: 'filter-projection', left, condition, right: this.is('[]') ? CURRENT : this.projected('[?') };
  }

  private isBracket(): boolean {
    return this.token.kind === 'number' || this.is(':') || (this.is('*') && this.is(']', 1));
  }

  /** Behind `[`: an index, a slice, or `*`. */
  private bracket(left: Node): Node {
    if (this.is('*')) {
      this.take();
      this.demand(']');
      return { kind: 'list-projection', left, right: this.projected('*') };
    }
    const numbers: (number | null)[] = [null];
    while (!this.is(']')) {
      if (this.is(':')) {
        this.take();
        numbers.push(null);
      } else if (this.token.kind === 'number') {
        numbers[numbers.length - 1] = Number(this.take().text);
      } else {
        throw new JmesPathError(`there is ${name(this.token)} where an index is expected`);
      }
    }
    this.demand(']');
    const [start = null, stop = null, step] = numbers;
    if (numbers.length === 1 && start !== null) {
      return { kind: 'then', left, right: { kind: 'index', index: start } };
    }
    if (numbers.length === 1 || numbers.length > 3 || step === 0) {
      throw new JmesPathError('what stands in brackets is no index');
    }
    const slice: Node = { kind: 'slice', start, stop, step: step ?? 1 };
    return { kind: 'list-projection', left: { kind: 'then', left, right: slice }, right: this.projected('*') };
  }

  private list(): Node {
    return { kind: 'list', items: this.sequence(']', () => this.expression(0)) };
  }

  private object(): Node {
    const members = this.sequence('}', () => {
      const key = this.take();
      if (key.kind !== 'name' && key.kind !== 'quoted') {
        throw new JmesPathError(`there is ${name(key)} where a name is expected`);
      }
      this.demand(':');
      return [key.text, this.expression(0)] as const;
    });
    return { kind: 'object', members };
  }

  private call(functionName: string): Node {
    this.demand('(');
    if (this.is(')')) {
      this.take();
      return { kind: 'call', name: functionName, args: [] };
    }
    return { kind: 'call', name: functionName, args: this.sequence(')', () => this.expression(0)) };
  }

  private sequence<Item>(end: string, read: () => Item): readonly Item[] {
    const items = [read()];
    while (!this.is(end)) {
      this.demand(',');
      items.push(read());
    }
    this.demand(end);
    return items;
  }
}

function name({ kind, text }: Token): string {
  return kind === 'end' ? 'nothing' : text;
}
