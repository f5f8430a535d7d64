import { isEmail, normalizeEmail } from '../email.ts';

/** What an identity provider says of somebody who signed in (https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims). */
export interface SsoPerson {
  /** Whom the provider means, for good; its addresses and names change. */
  readonly subject: string;
  /** In normal form; undefined when the provider names none, or none that is one. */
  readonly email: string | undefined;
  /** False only when the provider says so: many never say anything of it. */
  readonly emailVerified: boolean;
  readonly name: string;
  readonly groups: ReadonlySet<string>;
}

/** The specification's limit. */
const SUBJECT_CHARS_MAX = 255;
const NAME_CHARS_MAX = 200;
const CONTROLS = /\p{Cc}+/gu;

/** Reads the claims of a token that has been verified; undefined when they name nobody. */
export function readSsoPerson(claims: unknown, groupsClaim: string): SsoPerson | undefined {
  const subject = member(claims, 'sub');
  if (typeof subject !== 'string' || subject.length > SUBJECT_CHARS_MAX || !/^\P{Cc}+$/u.test(subject)) {
    return undefined;
  }
  const address = member(claims, 'email');
  const email = typeof address === 'string' ? normalizeEmail(address) : '';
  const verified = member(claims, 'email_verified');
  return {
    subject,
    email: isEmail(email) ? email : undefined,
    // Some providers write it as a text.
    emailVerified: verified !== false && verified !== 'false',
    name: nameIn(claims) ?? email.slice(0, NAME_CHARS_MAX),
    groups: new Set(textsIn(claimAt(claims, groupsClaim))),
  };
}

/** A claim by its name or, where there is none of it, by a path with dots. A name may have dots itself: `https://example.com/groups`. */
export function claimAt(claims: unknown, path: string): unknown {
  const claim = member(claims, path);
  return claim === undefined ? path.split('.').reduce<unknown>(member, claims) : claim;
}

function nameIn(claims: unknown): string | undefined {
  const name = member(claims, 'name');
  const printable = typeof name === 'string' ? name.replace(CONTROLS, ' ').trim().slice(0, NAME_CHARS_MAX).trim() : '';
  return printable === '' ? undefined : printable;
}

function textsIn(claim: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return values.filter((value) => typeof value === 'string');
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
