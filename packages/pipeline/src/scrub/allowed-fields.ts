import { type AllowedField, DETECTORS, type DetectorName } from '@aegisguard/model';
import type { Field } from './detector.ts';

/** Places whose answer is remembered: more than an organization has, and a bound on what a sender of random names can make us keep. */
const REMEMBERED_PLACES_MAX = 4096;

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
  const remembered = new Map<string, number>();
  return {
    allowedAt(field) {
      if (rules.length === 0) {
        return 0;
      }
      const known = remembered.get(field.place);
      if (known !== undefined) {
        return known;
      }
      if (remembered.size >= REMEMBERED_PLACES_MAX) {
        remembered.clear();
      }
      const bits = decide(rules, field);
      remembered.set(field.place, bits);
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
