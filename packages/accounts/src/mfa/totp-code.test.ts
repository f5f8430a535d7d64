import fc from 'fast-check';
import { TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { describeTotp, newTotpSecret, stepOfCode } from './totp-code.ts';

const DIGITS = '1234567890'.repeat(7);
/** RFC 6238, appendix B: each hash has a secret as long as itself (errata 2866). */
const SECRETS = { SHA1: DIGITS.slice(0, 20), SHA256: DIGITS.slice(0, 32), SHA512: DIGITS.slice(0, 64) } as const;

describe('the vectors of RFC 6238, appendix B', () => {
  it.each([
    [59, 0x1, '94287082', '46119246', '90693936'],
    [1111111109, 0x23523ec, '07081804', '68084774', '25091201'],
    [1111111111, 0x23523ed, '14050471', '67062674', '99943326'],
    [1234567890, 0x273ef07, '89005924', '91819424', '93441116'],
    [2000000000, 0x3f940aa, '69279037', '90698825', '38618901'],
    [20000000000, 0x27bc86aa, '65353130', '77737706', '47863826'],
  ])('at %d s', (seconds, step, sha1, sha256, sha512) => {
    for (const [algorithm, code] of Object.entries({ SHA1: sha1, SHA256: sha256, SHA512: sha512 })) {
      const parameters = { algorithm: algorithm as keyof typeof SECRETS, digits: 8 };
      const secret = Buffer.from(SECRETS[parameters.algorithm]);
      expect(stepOfCode(secret, code, seconds * 1000, parameters), algorithm).toBe(BigInt(step));
    }
  });

  it('the last six digits are what an authenticator shows', () => {
    expect(stepOfCode(Buffer.from(SECRETS.SHA1), '287082', 59_000)).toBe(1n);
    expect(stepOfCode(Buffer.from(SECRETS.SHA1), ' 287 082 ', 59_000)).toBe(1n);
  });
});

it('takes the code of the step before and after, and no other', () => {
  const secret = Buffer.from(SECRETS.SHA1);
  const nowMs = 1_795_000_005_000;
  const step = BigInt(Math.floor(nowMs / 30_000));
  const codeAt = (steps: number) =>
    new TOTP({ secret: base32(secret) }).generate({ timestamp: nowMs + steps * 30_000 });
  expect([-2, -1, 0, 1, 2].map((steps) => stepOfCode(secret, codeAt(steps), nowMs))).toEqual([
    undefined,
    step - 1n,
    step,
    step + 1n,
    undefined,
  ]);
});

it('what an application makes of the URI is right, whoever it is for', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 20, maxLength: 20 }),
      fc.emailAddress(),
      fc.nat(4e9),
      (secret, email, at) => {
        const { otpauthUrl } = describeTotp(secret, email);
        const url = new URL(otpauthUrl);
        expect(decodeURIComponent(url.pathname)).toContain(`AegisGuard:${email}`);
        const { secret: text = '', algorithm = '', digits, period } = Object.fromEntries(url.searchParams);
        const application = new TOTP({ secret: text, algorithm, digits: Number(digits), period: Number(period) });
        const code = application.generate({ timestamp: at * 1000 });
        expect(stepOfCode(secret, code, at * 1000)).toBe(BigInt(Math.floor(at / 30)));
      },
    ),
    { numRuns: 50 },
  );
});

it.each(['', '28708', '2870822', 'abcdef', '28708２', '-28708', '94287082'])('%j is no code', (code) => {
  expect(stepOfCode(Buffer.from(SECRETS.SHA1), code, 59_000)).toBeUndefined();
});

it('a secret is as long as RFC 4226 wants it, and another each time', () => {
  expect(newTotpSecret()).toHaveLength(20);
  expect(newTotpSecret()).not.toEqual(newTotpSecret());
});

function base32(secret: Uint8Array): string {
  return describeTotp(secret, 'a@b.example').secret;
}
