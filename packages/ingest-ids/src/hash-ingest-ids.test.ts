import { parseOrgId } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { hashIngestIds } from './hash-ingest-ids.ts';

const [A, B] = [parseOrgId('11111111-1111-4111-8111-111111111111'), parseOrgId('22222222-2222-4222-8222-222222222222')];

it('tells organizations, signals and texts apart, and nothing else', () => {
  const all = [
    hashIngestIds(A, 'logs', ['x', 'y', '', 'x']),
    hashIngestIds(B, 'logs', ['x']),
    hashIngestIds(A, 'rum', ['x']),
  ].flatMap((hashes) => [...hashes]);
  expect(new Set(all).size).toBe(5);
  expect(all[0]).toBe(all[3]);
});
