import type { JsonObject } from '@aegisguard/model';

/** A member of an answer that is left out when it has nothing in it. */
export function objectMember<Name extends string>(name: Name, object: JsonObject): { [N in Name]?: JsonObject } {
  return (Object.keys(object).length === 0 ? {} : { [name]: object }) as { [N in Name]?: JsonObject };
}
