import type { JsonObject } from '@aegisguard/model';

/** What JSON can say of something; members that are undefined are left out. */
export type Facts = Readonly<Record<string, unknown>>;

/** Texts longer than this are cut: an entry is about what happened. UTF-16 units. */
const TEXT_CHARS_MAX = 2000;
/** Of each side of a change, as JSON: an entry stays under 64 KiB. */
const FACTS_BYTES_MAX = 28 * 1024;
/** Of the names of members that were left out. */
const NAMES_MAX = 20;
const NAME_CHARS_MAX = 100;

/**
 * Facts as they can be read back: PostgreSQL has neither NUL nor halves of surrogate pairs, numbers that JSON lacks become null, texts are cut. Where they are too large, members that do not fit are left out, and
 * `leftOut` names them.
 */
export function storableFacts(facts: Facts | null | undefined): JsonObject | null {
  if (facts === null || facts === undefined) {
    return null;
  }
  const whole = JSON.parse(JSON.stringify(facts, storableMember)) as JsonObject;
  return Buffer.byteLength(JSON.stringify(whole)) <= FACTS_BYTES_MAX ? whole : fitting(whole);
}

/** An object of texts as it can be read back. */
export function storableTexts<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, typeof member === 'string' ? storableText(member) : member]),
  ) as T;
}

function storableMember(_name: string, member: unknown): unknown {
  switch (typeof member) {
    case 'string':
      return storableText(member);
    case 'bigint':
      return String(member);
    case 'object':
      return member === null || Array.isArray(member)
        ? member
        : Object.fromEntries(Object.entries(member).map(([name, value]) => [storableText(name), value]));
    default:
      return member;
  }
}

function storableText(text: string): string {
  return text.slice(0, TEXT_CHARS_MAX).replaceAll('\0', '').toWellFormed();
}

function fitting(facts: JsonObject): JsonObject {
  const kept: JsonObject = {};
  const names: string[] = [];
  let room = FACTS_BYTES_MAX;
  let bytes = 0;
  for (const [name, member] of Object.entries(facts)) {
    const size = Buffer.byteLength(JSON.stringify({ [name]: member }));
    if (size <= room) {
      Object.defineProperty(kept, name, { value: member, enumerable: true, writable: true, configurable: true });
      room -= size;
    } else {
      names.push(name.slice(0, NAME_CHARS_MAX).toWellFormed());
      bytes += size;
    }
  }
  return { ...kept, leftOut: { members: names.slice(0, NAMES_MAX), count: names.length, bytes } };
}
