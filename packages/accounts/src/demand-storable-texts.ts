import { AegisError } from '@aegisguard/model';

/** What PostgreSQL cannot keep in JSON: NUL and halves of surrogate pairs. */
const UNSTORABLE = /[\0\p{Cs}]/u;

/** Throws `invalid-request` when a text or a name in a setting cannot be kept. */
export function demandStorableTexts(setting: object, what: string): void {
  JSON.stringify(setting, (name, value: unknown) => {
    if (UNSTORABLE.test(name) || (typeof value === 'string' && UNSTORABLE.test(value))) {
      throw new AegisError('invalid-request', { detail: `A text of the ${what} has a NUL or half a surrogate pair.` });
    }
    return value;
  });
}
