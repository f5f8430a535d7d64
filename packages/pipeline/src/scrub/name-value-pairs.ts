import type { JsonObject, JsonValue } from '@aegisguard/model';
import type { Place, PlaceTree } from './place.ts';

/** Members that name what stands beside them, as lists of headers, cookies, variables and form fields have them. */
const NAME_MEMBERS = ['name', 'key', 'header', 'Name', 'Key', 'Header', 'field', 'variable'] as const;
/** What an input that hides its text has for a `type`. */
const HIDDEN_INPUT = 'password';
const DASH = 45;

/** The strategy for the value of a pair whose name says that it is secret: `{"name": "password", "value": "x"}`, `{"type": "password", "value": "x"}`. */
export function strategyBeside(object: JsonObject, places: PlaceTree): string | undefined {
  for (const member of NAME_MEMBERS) {
    const name = object[member];
    const strategy = typeof name === 'string' ? places.strategyOf(name) : undefined;
    if (strategy !== undefined) {
      return strategy;
    }
  }
  return object.type === HIDDEN_INPUT ? places.strategyOf(HIDDEN_INPUT) : undefined;
}

/**
 * The strategy for the element of an array whose neighbour in front says that it is secret: pairs in an array (`[["authorization", "x"]]`), headers one after the other (`rawHeaders`), arguments of a command
 * (`["--password", "x"]`).
 */
export function strategyBehind(
  array: readonly JsonValue[],
  at: number,
  place: Place,
  places: PlaceTree,
): string | undefined {
  const name = array[at - 1];
  if (typeof name !== 'string') {
    return undefined;
  }
  if (name.charCodeAt(0) === DASH) {
    return places.strategyOf(name.replace(/^--?/, ''));
  }
  const isValue = at % 2 === 1 && (place.isHeaderList || (place.list !== undefined && array.length === 2));
  return isValue ? places.strategyOf(name) : undefined;
}
