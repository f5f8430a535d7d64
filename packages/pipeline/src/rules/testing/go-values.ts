// The conventions of the suite's tables (shared/suites/README.md, "JSON conventions of *-vectors").
import type { YamlValue } from '../promtail/stage-fields.ts';

const IDENTIFIERS: Readonly<Record<string, YamlValue>> = {
  MatchActionKeep: 'keep',
  MatchActionDrop: 'drop',
  TimestampActionOnFailureFudge: 'fudge',
  TimestampActionOnFailureSkip: 'skip',
  'time.RFC3339': 'RFC3339',
  'time.RFC3339Nano': 'RFC3339Nano',
  reallyFalse: 'false',
  reallyTrue: 'true',
};
/** Calls that only wrap their argument. */
const WRAPPERS = new Set(['ptrFromString', 'lokiutil.StringRef', 'model.LabelName', 'model.LabelValue', 'float64']);

/** A case cannot be told without Go's source. */
export class Unresolved extends Error {
  override readonly name = 'Unresolved';
}

/** What the tables are made of. */
export type Json = null | string | number | boolean | readonly Json[] | { readonly [name: string]: Json };

/** A value of a table as plain data. */
export function plain(value: Json | undefined): YamlValue {
  if (value === undefined || typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map(plain);
  }
  const object = value as { readonly [name: string]: Json };
  if ('$ident' in object) {
    const name = String(object.$ident);
    if (!Object.hasOwn(IDENTIFIERS, name)) {
      throw new Unresolved(name);
    }
    return IDENTIFIERS[name];
  }
  if ('$expr' in object || '$func' in object) {
    throw new Unresolved('an expression of Go');
  }
  if ('$call' in object) {
    if (!WRAPPERS.has(String(object.$call))) {
      throw new Unresolved(String(object.$call));
    }
    return plain((object.args as readonly Json[])[0]);
  }
  if ('$elems' in object) {
    return plain(object.$elems);
  }
  const entries = Object.entries(object).filter(([name]) => name !== '$type');
  return Object.fromEntries(
    entries.map(([name, member]) => [
      name.startsWith('{') ? String(plain(JSON.parse(name) as Json)) : name,
      plain(member),
    ]),
  );
}

/** A map of texts; Go's empty map is an empty list. */
export function textsOf(value: Json | undefined): Record<string, string> {
  const given = plain(value);
  return Array.isArray(given) || given === null || given === undefined
    ? {}
    : Object.fromEntries(Object.entries(given).map(([name, member]) => [name, String(member ?? '')]));
}

/** The configuration of a stage: names of Go's fields as YAML has them. */
export function configOf(value: Json | undefined): YamlValue {
  const given = plain(value);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return Array.isArray(given) && given.length === 0 ? {} : given;
  }
  return Object.fromEntries(
    Object.entries(given).map(([name, member]) => [
      name.replace(/(?<=[a-z])[A-Z]|^[A-Z]/g, (letter, at: number) => `${at === 0 ? '' : '_'}${letter.toLowerCase()}`),
      member,
    ]),
  );
}
