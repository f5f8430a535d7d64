import { type JsonObject, type JsonValue, labelName } from '@aegisguard/model';

type Path = readonly string[];

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The path that a name means: the member itself, a path with dots, or the one whose label it is. */
function attributePath(object: JsonObject, name: string): Path | undefined {
  if (Object.hasOwn(object, name)) {
    return [name];
  }
  const dotted = name.split('.');
  return (isThere(object, dotted) ? dotted : undefined) ?? pathOfLabel(object, name, []);
}

function isThere(object: JsonObject, path: Path): boolean {
  let at: JsonValue | undefined = object;
  for (const part of path) {
    at = isObject(at) && Object.hasOwn(at, part) ? at[part] : undefined;
  }
  return at !== undefined;
}

function pathOfLabel(object: JsonObject, label: string, outer: Path): Path | undefined {
  for (const [key, value] of Object.entries(object)) {
    const path = [...outer, key];
    const name = labelName(path);
    if (name === label && !isObject(value)) {
      return path;
    }
    const inner = isObject(value) && label.startsWith(`${name}_`) ? pathOfLabel(value, label, path) : undefined;
    if (inner !== undefined) {
      return inner;
    }
  }
  return undefined;
}

export function hasLabel(object: JsonObject, name: string): boolean {
  return attributePath(object, name) !== undefined;
}

/** What stands at the path of a name. */
export function attributeAt(object: JsonObject, name: string): JsonValue | undefined {
  const path = attributePath(object, name);
  let at: JsonValue | undefined = path && object;
  for (const part of path ?? []) {
    at = isObject(at) && Object.hasOwn(at, part) ? at[part] : undefined;
  }
  return at;
}

/** Takes the member of a name out of an object that is one's own. Objects on the way are copied; one that becomes empty goes, too. */
export function deleteLabel(object: JsonObject, name: string): void {
  const path = attributePath(object, name);
  if (path !== undefined) {
    remove(object, path);
  }
}

function remove(object: JsonObject, [first = '', ...rest]: Path): void {
  const inner = object[first];
  if (rest.length === 0 || !isObject(inner)) {
    delete object[first];
    return;
  }
  const copy = { ...inner };
  remove(copy, rest);
  if (Object.keys(copy).length === 0) {
    delete object[first];
  } else {
    object[first] = copy;
  }
}
