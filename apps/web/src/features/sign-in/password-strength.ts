/** How good a password looks; the server decides, with a list of common ones. */
export interface PasswordStrength {
  /** 0 for one that is refused, 3 for a good one. */
  readonly level: 0 | 1 | 2 | 3;
  readonly words: string;
}

const CHARS_MIN = 8;
const CHARS_FAIR = 12;
const CHARS_GOOD = 16;
const PERSONAL_CHARS_MIN = 4;

function isMonotonous(password: string): boolean {
  return new Set(password).size < 5;
}

function isPersonal(password: string, known: readonly string[]): boolean {
  const plain = password.toLowerCase();
  const parts = known.flatMap((text) => [text, ...text.split(/[\s@._+-]+/u)]).map((text) => text.trim().toLowerCase());
  return parts.some(
    (part) => part.length >= PERSONAL_CHARS_MIN && plain.includes(part) && plain.length - part.length < CHARS_MIN,
  );
}

/** Says how good a password is by rules that a person can follow; `known` is what others know of the person: address and names. */
export function passwordStrength(password: string, known: readonly string[]): PasswordStrength {
  const { length } = [...password];
  if (length === 0) {
    return { level: 0, words: 'At least 8 characters. A few words in a row are strong and easy to remember.' };
  }
  if (length < CHARS_MIN) {
    const missing = CHARS_MIN - length;
    return { level: 0, words: missing === 1 ? 'One more character.' : `${missing} more characters.` };
  }
  if (isMonotonous(password)) {
    return { level: 1, words: 'Weak: it repeats a few characters.' };
  }
  if (isPersonal(password, known)) {
    return { level: 1, words: 'Weak: it is little more than your name or address.' };
  }
  if (length < CHARS_FAIR) {
    return { level: 1, words: 'Fair: a longer one is harder to guess.' };
  }
  return length < CHARS_GOOD ? { level: 2, words: 'Good.' } : { level: 3, words: 'Strong.' };
}
