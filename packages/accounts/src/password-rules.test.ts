import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demandStrongPassword, passwordWeakness } from './password-rules.ts';

const OWNER = { email: 'grace.hopper@navy.example', names: ['Grace Hopper', 'Compiler Works Ltd.'] };

describe('passwordWeakness', () => {
  it.each([
    ['too short', 'Xk3$q9!'],
    ['too short in characters, whatever their bytes', '🦊🦊🐻🐻🦁🦁🐸'],
    ['one character', 'zzzzzzzzzzzz'],
    ['one part again and again', 'hahahahaha'],
    ['digits in a row', '0123456789'],
    ['a row of keys', 'qwertyuiop'],
    ['a row of keys backwards', 'poiuytrewq'],
    ['the alphabet', 'abcdefghij'],
    ['common', 'password1'],
    ['common in other case', 'PaSsWoRd'],
    ['common with an ornament', 'sunshine2026!'],
    ['common with an ornament before', '!!football'],
    ['common in leet', 'p4$$w0rd'],
    ['common in leet with an ornament', 'P@ssw0rd!!'],
    ['the address', 'grace.hopper@navy.example'],
    ['the local part', 'Grace.Hopper'],
    ['the local part with an ornament', 'gracehopper1906'],
    ['the name', 'grace hopper'],
    ['the last name with digits', 'hopper1234567'],
    ['the organization', 'Compiler Works Ltd'],
    ['the organization with an ornament', 'compiler-works-ltd-2026'],
  ])('refuses %s', async (_, password) => {
    expect(await passwordWeakness(password, OWNER)).toEqual(expect.any(String));
  });

  it.each([
    'correct horse battery staple',
    'vU7#kq2Lx9',
    'grace hopper found a moth in relay 70',
    'пароль из четырёх слов',
    'wunderbare Äpfel überall',
  ])('takes %s', async (password) => {
    expect(await passwordWeakness(password, OWNER)).toBeUndefined();
  });

  it('takes a long one up to its limit', async () => {
    const long = `${'vier Wörter, '.repeat(78)}und zehn..`;
    expect(await passwordWeakness(long, OWNER)).toBeUndefined();
    expect(await passwordWeakness(`${long}x`, OWNER)).toBe('At most 1024 characters.');
  });

  it('takes what was drawn at random, and refuses it for whom it is the name', async () => {
    const word = fc.stringMatching(/^[a-z]{3}[bcdfghjkmnpqrstvwxz]{9}$/);
    await fc.assert(
      fc.asyncProperty(word, fc.stringMatching(/^[0-9!?. ]{0,6}$/), async (text, ornament) => {
        expect(await passwordWeakness(`${text}${ornament}`, OWNER)).toBeUndefined();
        const named = { email: 'x@y.example', names: [text.toUpperCase()] };
        expect(await passwordWeakness(`${text}${ornament}`, named)).toEqual(expect.any(String));
      }),
      { numRuns: 50 },
    );
  });

  it('says at which field, and never the password', async () => {
    const refusal = await demandStrongPassword('sunshine1', OWNER, '/newPassword').catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      code: 'weak-password',
      members: { errors: [{ path: '/newPassword', message: expect.any(String) }] },
    });
    expect(JSON.stringify(refusal)).not.toContain('sunshine');
  });
});
