import { DEFAULT_PRIVACY_POLICY, type IngestEnvelope, type PrivacyPolicy, parseOrgId } from '@aegisguard/model';
import { protobufMessage } from '@aegisguard/testkit';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type EncodedBySignal, type NormalizedBatch, normalizeBatch } from './normalize-batch.ts';

const NOW_MS = Date.UTC(2026, 10, 26);
const ORGANIZATIONS = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'].map(parseOrgId);
/** By version: an organization changes from one to another. */
const POLICIES: readonly PrivacyPolicy[] = [
  DEFAULT_PRIVACY_POLICY,
  { ...DEFAULT_PRIVACY_POLICY, detectors: { ...DEFAULT_PRIVACY_POLICY.detectors, email: 'keep', ip: 'hash' } },
  {
    ...DEFAULT_PRIVACY_POLICY,
    secretFields: ['zone'],
    detectors: { ...DEFAULT_PRIVACY_POLICY.detectors, email: 'mask' },
  },
];

type Sent = readonly (readonly [name: string, value: string])[];

interface BatchToSend {
  readonly organization: number;
  readonly policy: number;
  readonly series: readonly Sent[];
}

const value = fc.constantFrom('a', 'ann@example.com', 'bob@example.com', '203.0.113.77', '203.0.113.78', 'münchen');
const labels = fc
  .record({ user: value, zone: value, client: value }, { requiredKeys: [] })
  .map((all): Sent => [['__name__', 'logins'], ...Object.entries(all)]);
const batch = fc.record({
  organization: fc.nat(ORGANIZATIONS.length - 1),
  policy: fc.nat(POLICIES.length - 1),
  series: fc.array(labels, { minLength: 1, maxLength: 6 }),
});

/** A body of remote write. `salt` is a field of each label that nobody knows: the same labels in bytes that were never seen. */
function bodyOf(series: readonly Sent[], salt: string): Uint8Array {
  const message = (sent: Sent, at: number) =>
    protobufMessage({
      1: sent.map(([name, text]) => protobufMessage({ 1: name, 2: text, ...(salt === '' ? {} : { 3: salt }) })),
      2: protobufMessage({ 1: { double: at }, 2: NOW_MS }),
    });
  return protobufMessage({ 1: series.map(message) });
}

function normalized({ organization, policy, series }: BatchToSend, salt: string) {
  const orgId = ORGANIZATIONS[organization] ?? parseOrgId('');
  const envelope: IngestEnvelope = {
    v: 1,
    orgId,
    signal: 'metrics',
    format: 'remote-write-1',
    batchId: '00000000-0000-7000-8000-00000000000a',
    protocol: 'remote-write',
    keyId: 'key',
    receivedAtMs: NOW_MS,
    retentionDays: 30,
    accepted: series.length,
    rejected: [],
    clientAddress: '127.0.0.1',
  };
  const privacy = { version: policy, policyText: JSON.stringify(POLICIES[policy]), hashKey: new Uint8Array(32) };
  const job = { envelope, body: bodyOf(series, salt), skip: [], everySeries: true, privacy };
  const { batch: rows, findings } = normalizeBatch({ ...job, geo: { files: [], version: 0 } }) as NormalizedBatch<
    EncodedBySignal['metrics']
  >;
  return { findings, blocks: rows.blocks };
}

it('makes the same of label sets that came before as of such that did not, whatever policies held in between', () => {
  let salts = 0;
  fc.assert(
    fc.property(fc.array(batch, { minLength: 1, maxLength: 12 }), (batches) => {
      for (const one of batches) {
        salts += 1;
        expect(normalized(one, '')).toEqual(normalized(one, `salt ${salts}`));
      }
    }),
    { numRuns: 40 },
  );
});
