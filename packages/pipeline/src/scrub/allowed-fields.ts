import { type AllowedField, DETECTORS, type DetectorName } from '@aegisguard/model';
import type { Field } from './detector.ts';

/** Says which detectors leave a field alone. */
export interface AllowedFields {
  /** A bit for each index of `DETECTORS`. */
  allowedAt(field: Field): number;
}

interface Rule {
  readonly matches: (name: string) => boolean;
  readonly bits: number;
}

/** The bit of a detector in what `allowedAt` answers. */
export function detectorBit(name: DetectorName): number {
  return 1 << DETECTORS.indexOf(name);
}

/** Compiles a policy's list once. */
export function createAllowedFields(fields: readonly AllowedField[]): AllowedFields {
  const rules = fields.map(compile);
  // By the field itself, which belongs to a place and is as often met: paths of places are cut, so that two fields may have the same.
  const remembered = new WeakMap<Field, number>();
  return {
    allowedAt(field) {
      if (rules.length === 0) {
        return 0;
      }
      const known = remembered.get(field);
      if (known !== undefined) {
        return known;
      }
      const bits = decide(rules, field);
      remembered.set(field, bits);
      return bits;
    },
  };
}

function compile(allowed: AllowedField): Rule {
  const names: readonly DetectorName[] = allowed.detectors ?? DETECTORS;
  const bits = names.reduce((sum, name) => sum | detectorBit(name), 0);
  return { matches: wildcardMatcher(allowed.field.toLowerCase()), bits };
}

function decide(rules: readonly Rule[], field: Field): number {
  const place = field.place.toLowerCase();
  const name = field.name.toLowerCase();
  return rules.reduce((bits, rule) => (rule.matches(place) || rule.matches(name) ? bits | rule.bits : bits), 0);
}

/** `*` is any run of characters. The pieces between are looked for from left to right, which finds a match if there is one, without going back. */
function wildcardMatcher(pattern: string): (name: string) => boolean {
  const pieces = pattern.split('*');
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) {
    return (name) => name === first;
  }
  const between = pieces.slice(1, -1);
  return (name) => {
    if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) {
      return false;
    }
    const end = name.length - last.length;
    let at = first.length;
    for (const piece of between) {
      const found = name.indexOf(piece, at);
      if (found < 0 || found + piece.length > end) {
        return false;
      }
      at = found + piece.length;
    }
    return true;
  };
}
