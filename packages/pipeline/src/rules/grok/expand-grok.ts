import { RuleFault } from '../rule-error.ts';
import { COMMON_PATTERNS } from './common-patterns.ts';

/** What a group of the expression becomes. */
export interface GrokField {
  readonly name: string;
  readonly type: 'text' | 'int' | 'float' | 'boolean';
}

/** A grok expression as one of RE2, with what its named groups mean. */
export interface ExpandedGrok {
  readonly expression: string;
  readonly fields: ReadonlyMap<string, GrokField>;
}

const REFERENCE = /%\{(\w+)(?::([^:{}]+))?(?::(\w+))?\}|\(\?P?<([A-Za-z_][\w.@[\]-]*)>|\(\?>|(\\[\s\S])|\(\?<?[=!]/g;
const LENGTH_MAX = 60_000;
const DEPTH_MAX = 20;
const TYPES: Readonly<Record<string, GrokField['type']>> = {
  int: 'int',
  integer: 'int',
  long: 'int',
  float: 'float',
  double: 'float',
  number: 'float',
  boolean: 'boolean',
  string: 'text',
};

/** Puts patterns in place of their names. Groups get names of their own, since fields may have any, and the same one twice. Throws `RuleFault`. */
export function expandGrok(
  pattern: string,
  definitions: Readonly<Record<string, string>>,
  member: string,
): ExpandedGrok {
  const fields = new Map<string, GrokField>();
  let length = 0;
  const group = (name: string, type: string | undefined): string => {
    const id = `g${fields.size}`;
    fields.set(id, { name: name.replace(/^\[(.*)\]$/, '$1').replaceAll('][', '.'), type: typeOf(type, member) });
    return `(?P<${id}>`;
  };
  const expand = (text: string, depth: number): string => {
    if (depth > DEPTH_MAX) {
      throw new RuleFault(member, 'The patterns name one another in a circle, or too deeply.');
    }
    const expanded = text.replace(
      REFERENCE,
      (all, name?: string, field?: string, type?: string, own?: string, escaped?: string) => {
        if (name !== undefined) {
          const inner = expand(definitionOf(name, definitions, member), depth + 1);
          return field === undefined ? `(?:${inner})` : `${group(field, type)}${inner})`;
        }
        if (own !== undefined) {
          return group(own, undefined);
        }
        if (escaped !== undefined) {
          return escaped === '\\h' ? '[0-9A-Fa-f]' : all;
        }
        if (all === '(?>') {
          return '(?:';
        }
        throw new RuleFault(member, `RE2 cannot look ahead or behind: ${all}`);
      },
    );
    length += expanded.length;
    if (length > LENGTH_MAX) {
      throw new RuleFault(member, 'The pattern is too long with all that it names.');
    }
    return expanded;
  };
  return { expression: expand(pattern, 0), fields };
}

function typeOf(type: string | undefined, member: string): GrokField['type'] {
  if (type === undefined) {
    return 'text';
  }
  const known = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (known === undefined) {
    throw new RuleFault(member, `There is no type ${type}; there are ${Object.keys(TYPES).join(', ')}.`);
  }
  return known;
}

function definitionOf(name: string, definitions: Readonly<Record<string, string>>, member: string): string {
  const found = Object.hasOwn(definitions, name) ? definitions[name] : COMMON_PATTERNS.get(name);
  if (found === undefined) {
    throw new RuleFault(member, `There is no pattern ${name}.`);
  }
  return found;
}
