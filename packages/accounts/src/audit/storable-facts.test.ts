import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AuditChain, type AuditLink, CHAIN_START, canonicalJson } from './audit-chain.ts';
import { storableFacts, storableTexts } from './storable-facts.ts';

describe('facts', () => {
  it('never take more than an entry may have, and say what was left out', () => {
    const text = fc.integer({ min: 0, max: 40_000 }).map((length) => 'ä'.repeat(length));
    const list = fc.array(text, { maxLength: 30 });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(text, list), { maxKeys: 30 }), (facts) => {
        const stored = storableFacts(facts);
        expect(Buffer.byteLength(JSON.stringify(stored))).toBeLessThan(32 * 1024);
      }),
      { numRuns: 50 },
    );
    const rules = Array.from({ length: 40 }, () => 'x'.repeat(1000));
    expect(storableFacts({ name: 'policy', rules, after: 1 })).toEqual({
      name: 'policy',
      after: 1,
      leftOut: { members: ['rules'], count: 1, bytes: JSON.stringify({ rules }).length },
    });
  });

  it('hold what PostgreSQL can keep', () => {
    const facts = { 'a\0b': 'c\0d', half: '\ud800', deep: [{ '\udc00': Number.NaN }], big: 5n, none: undefined };
    expect(storableFacts(facts)).toEqual({ ab: 'cd', half: '\ufffd', deep: [{ '\ufffd': null }], big: '5' });
    expect(storableFacts({ at: new Date(0) })).toEqual({ at: '1970-01-01T00:00:00.000Z' });
    expect(storableFacts(null)).toBeNull();
    expect(storableFacts(undefined)).toBeNull();
    expect(storableTexts({ name: 'a\0\ud800', id: null })).toEqual({ name: 'a\ufffd', id: null });
    expect(storableFacts({ long: 'x'.repeat(5000) })).toEqual({ long: 'x'.repeat(2000) });
  });
});

describe('the canonical form', () => {
  it('is that of the value, whatever the order of its members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const reversed = JSON.parse(JSON.stringify(one), (_name, value: unknown) =>
          typeof value === 'object' && value !== null && !Array.isArray(value)
            ? Object.fromEntries(Object.entries(value).toReversed())
            : value,
        );
        expect(canonicalJson(reversed)).toBe(canonicalJson(one as never));
        expect(JSON.parse(canonicalJson(one as never))).toEqual(JSON.parse(JSON.stringify(one)));
        // Different values have different texts.
        const isSame = canonicalJson(one as never) === canonicalJson(other as never);
        expect(isSame).toBe(
          canonicalJson(JSON.parse(JSON.stringify(one))) === canonicalJson(JSON.parse(JSON.stringify(other))),
        );
      }),
    );
    expect(canonicalJson(Number.POSITIVE_INFINITY)).not.toBe(canonicalJson(null));
  });

  it('tells facts that are absent from facts that are null, and a text from what it says', () => {
    const chain = new AuditChain(new Uint8Array(32));
    const base: AuditLink = {
      orgId: 'o',
      seq: 1n,
      id: 'i',
      at: new Date(0),
      actor: { kind: 'user', id: null, name: 'n', ip: null, userAgent: null, requestId: null },
      action: 'a',
      target: { kind: 'k', id: null, name: null },
      before: null,
      after: null,
    };
    const others: AuditLink[] = [
      base,
      { ...base, before: {} },
      { ...base, after: {} },
      { ...base, seq: 2n },
      { ...base, orgId: 'o2' },
      { ...base, actor: { ...base.actor, id: 'n', name: '' } },
      { ...base, actor: { ...base.actor, ip: 'null' } },
      { ...base, target: { ...base.target, id: 'x' } },
      { ...base, target: { ...base.target, name: 'x' } },
      { ...base, at: new Date(1) },
      { ...base, at: new Date(Number.NaN) },
    ];
    const hashes = others.map((link) => chain.hash(CHAIN_START, link).toString('hex'));
    hashes.push(chain.hash(new Uint8Array(32).fill(1), base).toString('hex'));
    hashes.push(new AuditChain(new Uint8Array(32).fill(1)).hash(CHAIN_START, base).toString('hex'));
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
