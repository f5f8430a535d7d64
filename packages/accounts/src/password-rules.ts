import { AegisError } from '@aegisguard/model';

/** Whose password it is to be: what others know of a person, and so try first. */
export interface PasswordOwner {
  readonly email: string;
  /** The person's name, the organization's. */
  readonly names: readonly string[];
}

const CHARS_MIN = 8;
const CHARS_MAX = 1024;
/** Parts of names shorter than this are in too many words to say anything. */
const PERSONAL_CHARS_MIN = 4;

/** The usual stand-ins for letters. */
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
/** What people walk along: the alphabet, digits, rows of keyboards. */
const WALKS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl'];

let common: Promise<ReadonlySet<string>> | undefined;

/** Some 49,000 passwords of breaches, lower case. Unpacked when first asked for, which takes 0.2 s, and kept: 8 MB. */
function commonPasswords(): Promise<ReadonlySet<string>> {
  common ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => new Set(dictionary['passwords-common']));
  return common;
}

/** Throws `weak-password`, with a message for the field at `path`, for a password that an attacker would try early. */
export async function demandStrongPassword(password: string, owner: PasswordOwner, path: string): Promise<void> {
  const message = await passwordWeakness(password, owner);
  if (message !== undefined) {
    throw new AegisError('weak-password', { detail: message, members: { errors: [{ path, message }] } });
  }
}

/** Why a password is not good enough; undefined for one that is. */
export async function passwordWeakness(password: string, owner: PasswordOwner): Promise<string | undefined> {
  const length = [...password].length;
  if (length < CHARS_MIN) {
    return `At least ${CHARS_MIN} characters.`;
  }
  if (length > CHARS_MAX) {
    return `At most ${CHARS_MAX} characters.`;
  }
  const plain = password.normalize('NFKC').toLowerCase();
  if (isRepetition(plain) || isWalk(plain)) {
    return 'This is too simple a sequence.';
  }
  const known = await commonPasswords();
  const forms = formsOf(plain);
  if (forms.some((form) => known.has(form))) {
    return 'This is among the passwords that are tried first, or close to one.';
  }
  const personal = personalTexts(owner);
  return forms.some((form) => personal.has(squeezed(form)))
    ? 'This is your e-mail address or a name that goes with it.'
    : undefined;
}

/** One part again and again, such as `aaaaaaaa` and `abcabcabc`; longer ones are a choice. */
function isRepetition(plain: string): boolean {
  return /^(?<part>.{1,4}?)\k<part>+$/su.test(plain);
}

/** A way along the alphabet, the digits or a row of keys, forwards or backwards. */
function isWalk(plain: string): boolean {
  const backwards = [...plain].reverse().join('');
  return WALKS.some((walk) => walk.includes(plain) || walk.includes(backwards));
}

/** The password itself, and what is left when the usual ornaments are taken away: what stands before and after, and stand-ins for letters. */
function formsOf(plain: string): readonly string[] {
  const bare = plain.replace(/^[\d\W_]+|[\d\W_]+$/gu, '');
  const withoutEnd = plain.replace(/[\d\W_]+$/u, '');
  const forms = [plain, withoutEnd, bare, unleet(plain), unleet(plain.replace(/[!?.]+$/u, '')), unleet(withoutEnd)];
  return forms.filter((form) => form.length >= PERSONAL_CHARS_MIN);
}

function unleet(text: string): string {
  return text.replace(/[013457@$!]/g, (sign) => LEET[sign] ?? sign);
}

function personalTexts({ email, names }: PasswordOwner): ReadonlySet<string> {
  const [local = '', domain = ''] = email.split('@');
  const texts = [
    email,
    local,
    domain,
    domain.split('.')[0] ?? '',
    ...names,
    ...names.flatMap((name) => name.split(/\s+/u)),
  ];
  return new Set(
    texts
      .map((text) => squeezed(text.normalize('NFKC').toLowerCase()))
      .filter((text) => text.length >= PERSONAL_CHARS_MIN),
  );
}

/** Letters and digits alone: `Acme Corp.` and `acme-corp` are one. */
function squeezed(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '');
}
