// https://jmespath.org/specification.html
import { type JsonObject, type JsonValue, setMember } from '@aegisguard/model';
import { callFunction, demandFunction } from './functions.ts';
import { JmesPathError } from './jmespath-error.ts';
import { areEqual, isObject, isTrue } from './json-kinds.ts';
import type { Node } from './node.ts';
import { parseJmesPath } from './parse-jmespath.ts';

/** An expression made ready: what it finds in a document, null for nothing. Throws `JmesPathError` for one that is none; a function that cannot take its arguments finds nothing. Throws the same for a document that there is too much to do with. */
export function compileJmesPath(expression: string): (document: JsonValue) => JsonValue {
  const node = parseJmesPath(expression);
  demandFunctions(node);
  return (document) => evaluate(node, document, new Work());
}

/** How much an expression may do with one document: `[@, @] | [@, @]` doubles what there is, again and again. */
class Work {
  private left = 200_000;

  take(amount: number): void {
    this.left -= amount;
    if (this.left < 0) {
      throw new JmesPathError('it makes too much of the document');
    }
  }
}

/** Functions that there are none of, and wrong numbers of arguments, are told when the expression is compiled. */
function demandFunctions(value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) {
      demandFunctions(item);
    }
  } else if (typeof value === 'object' && value !== null) {
    const node = value as Node;
    if (node.kind === 'call') {
      demandFunction(node.name, node.args.length);
    }
    if (node.kind !== 'literal') {
      demandFunctions(Object.values(node));
    }
  }
}

function evaluate(node: Node, value: JsonValue, work: Work): JsonValue {
  work.take(1);
  switch (node.kind) {
    case 'current':
      return value;
    case 'literal':
      return node.value;
    case 'field':
      return isObject(value) && Object.hasOwn(value, node.name) ? (value[node.name] ?? null) : null;
    case 'index':
      return Array.isArray(value) ? (value.at(node.index) ?? null) : null;
    case 'slice':
      return slice(node, value);
    case 'then':
      return evaluate(node.right, evaluate(node.left, value, work), work);
    case 'flatten': {
      const list = evaluate(node.left, value, work);
      if (!Array.isArray(list)) {
        return null;
      }
      const flattened = list.flat();
      work.take(flattened.length);
      return flattened;
    }
    case 'or': {
      const left = evaluate(node.left, value, work);
      return isTrue(left) ? left : evaluate(node.right, value, work);
    }
    case 'and': {
      const left = evaluate(node.left, value, work);
      return isTrue(left) ? evaluate(node.right, value, work) : left;
    }
    case 'not':
      return !isTrue(evaluate(node.of, value, work));
    default:
      return evaluateComposite(node, value, work);
  }
}

type Composite = Extract<
  Node,
  {
    readonly kind:
      | 'list-projection'
      | 'value-projection'
      | 'filter-projection'
      | 'comparison'
      | 'list'
      | 'object'
      | 'call'
      | 'reference';
  }
>;

function evaluateComposite(node: Composite, value: JsonValue, work: Work): JsonValue {
  switch (node.kind) {
    case 'list-projection':
    case 'filter-projection': {
      const list = evaluate(node.left, value, work);
      if (!Array.isArray(list)) {
        return null;
      }
      const kept =
        node.kind === 'filter-projection' ? list.filter((item) => isTrue(evaluate(node.condition, item, work))) : list;
      return projected(kept, node.right, work);
    }
    case 'value-projection': {
      const object = evaluate(node.left, value, work);
      return isObject(object) ? projected(Object.values(object), node.right, work) : null;
    }
    case 'comparison':
      return compare(node.op, evaluate(node.left, value, work), evaluate(node.right, value, work));
    case 'list':
      return value === null ? null : node.items.map((item) => evaluate(item, value, work));
    case 'object': {
      const object: JsonObject = {};
      for (const [name, member] of node.members) {
        setMember(object, name, evaluate(member, value, work));
      }
      return value === null ? null : object;
    }
    case 'call': {
      const result = callFunction(
        node.name,
        node.args.map((arg) =>
          arg.kind === 'reference' ? (each: JsonValue) => evaluate(arg.of, each, work) : evaluate(arg, value, work),
        ),
      );
      work.take(typeof result === 'string' || Array.isArray(result) ? result.length : 1);
      return result;
    }
    case 'reference':
      return null;
  }
}

function projected(list: readonly JsonValue[], right: Node, work: Work): JsonValue[] {
  return list.map((item) => evaluate(right, item, work)).filter((item) => item !== null);
}

function compare(op: string, left: JsonValue, right: JsonValue): JsonValue {
  if (op === '==' || op === '!=') {
    return areEqual(left, right) === (op === '==');
  }
  if (typeof left !== 'number' || typeof right !== 'number') {
    return null;
  }
  switch (op) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    default:
      return left >= right;
  }
}

function slice({ start, stop, step }: Extract<Node, { kind: 'slice' }>, value: JsonValue): JsonValue {
  if (!Array.isArray(value)) {
    return null;
  }
  const { length } = value;
  const clamp = (index: number): number => {
    const from = index < 0 ? index + length : index;
    return step > 0 ? Math.min(Math.max(from, 0), length) : Math.min(Math.max(from, -1), length - 1);
  };
  const first = start === null ? (step > 0 ? 0 : length - 1) : clamp(start);
  const end = stop === null ? (step > 0 ? length : -1) : clamp(stop);
  const result: JsonValue[] = [];
  for (let at = first; step > 0 ? at < end : at > end; at += step) {
    result.push(value[at] ?? null);
  }
  return result;
}
