// https://grafana.com/docs/grafana/latest/panels-visualizations/configure-overrides/
import { RE2JS } from 're2js';
import { type LooseObject, objectOf, objectsOf, textOf } from './loose-json.ts';
import type { Note } from './remarks.ts';
import { re2Of } from './variable-regex.ts';

/** What is different for one name. */
export interface NamedOverride {
  readonly name: string;
  readonly properties: readonly { readonly id: string; readonly value: unknown }[];
}

/** A name that is known without an answer, and the query that it is of. */
export interface KnownName {
  readonly name: string;
  readonly ref: string;
}

/** Overrides that are looked at; each may be a regex over all names. */
const OVERRIDES_MAX = 200;

/** A panel's overrides by name. Those by a regex or a query are for the names among `known` that they mean; others go, with a remark. */
export function namedOverrides(
  { fieldConfig }: LooseObject,
  known: readonly KnownName[],
  note: Note,
): readonly NamedOverride[] {
  const overrides = objectsOf(objectOf(fieldConfig).overrides);
  if (overrides.length > OVERRIDES_MAX) {
    note('overrides', `A panel has at most ${OVERRIDES_MAX}; the others were left out.`);
  }
  return overrides.slice(0, OVERRIDES_MAX).flatMap(({ matcher, properties }) => {
    const { id, options } = objectOf(matcher);
    const names = meantNames(textOf(id), textOf(options), known);
    if (names.length === 0) {
      note(`overrides by the rule “${textOf(id)}”`, 'There are those for one name, and nothing is known to be meant.');
    }
    const all = objectsOf(properties).map((one) => ({ id: textOf(one.id), value: one.value }));
    return names.map((name) => ({ name, properties: all }));
  });
}

function meantNames(rule: string, wanted: string, known: readonly KnownName[]): readonly string[] {
  switch (rule) {
    case 'byName':
      return wanted === '' ? [] : [wanted];
    case 'byFrameRefID':
      return known.filter(({ ref }) => ref === wanted).map(({ name }) => name);
    case 'byRegexp': {
      const regex = compiled(wanted);
      return regex === undefined ? [] : known.filter(({ name }) => regex.matcher(name).find()).map(({ name }) => name);
    }
    default:
      return [];
  }
}

function compiled(text: string): RE2JS | undefined {
  const regex = re2Of(text);
  try {
    return regex === undefined ? undefined : RE2JS.compile(regex);
  } catch {
    return undefined;
  }
}
