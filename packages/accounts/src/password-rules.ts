import { AegisError } from '@aegisguard/model';

/** Whose password it is to be: what others know of a person, and so try first. */
export interface PasswordOwner {
  readonly email: string;
  /** The person's name, the organization's. */
  readonly names: readonly string[];
}

const CHARS_MIN = 8;

/** Throws `weak-password`, with a message for the field at `path`, for a password that an attacker would try early. */
export async function demandStrongPassword(password: string, owner: PasswordOwner, path: string): Promise<void> {
  const known = [owner.email, ...owner.names].map((text) => text.toLowerCase());
  if (password.length < CHARS_MIN || known.includes(password.toLowerCase())) {
    const message = 'Choose a longer password that is not your name.';
    throw new AegisError('weak-password', { detail: message, members: { errors: [{ path, message }] } });
  }
}
