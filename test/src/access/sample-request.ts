import type { Route } from '@aegisguard/model';

/** What of JSON Schema the samples are made by. */
interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly format?: string;
}

/** The least body that a route's schema takes; its texts hold the word. Undefined for a route without a body. */
export function sampleBody({ body }: Route, word: string): unknown {
  return body === undefined
    ? undefined
    : sampleOf(body.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as Shape, word);
}

/** The least query that a route's schema takes, with its question mark; empty where nothing must be asked. */
export function sampleQuery({ query }: Route, word: string): string {
  if (query === undefined) {
    return '';
  }
  const sample = sampleOf(query.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as Shape, word);
  const text = new URLSearchParams(sample as Record<string, string>).toString();
  return text === '' ? '' : `?${text}`;
}

function sampleOf(shape: Shape, word: string): unknown {
  if (shape.const !== undefined) {
    return shape.const;
  }
  if (shape.enum !== undefined) {
    return shape.enum[0];
  }
  if (shape.anyOf !== undefined) {
    return sampleOf(shape.anyOf[0] ?? {}, word);
  }
  switch (shape.type) {
    case 'object': {
      const members = (shape.required ?? []).map((name) => [name, sampleOf(shape.properties?.[name] ?? {}, word)]);
      return Object.fromEntries(members);
    }
    case 'array':
      return Array.from({ length: shape.minItems ?? 1 }, () => sampleOf(shape.items ?? {}, word));
    case 'number':
    case 'integer':
      return Math.max(shape.minimum ?? 0, 0);
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return sampleText(shape, word);
  }
}

function sampleText({ format }: Shape, word: string): string {
  switch (format) {
    case 'uri':
      return `https://${word}.invalid/`;
    case 'date-time':
      return new Date().toISOString();
    default:
      // A name and an e-mail address at once.
      return `${word}@example.com`;
  }
}
