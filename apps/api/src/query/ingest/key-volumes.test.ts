import { expect, it } from 'vitest';
import { keyVolumes } from './key-volumes.ts';

const count = (keyId: string, outcome: string, requests: number, records: number, bytes: number) => ({
  keyId,
  outcome,
  requests,
  records,
  bytes,
});

it('adds up what each key sent; later losses were accepted, and what has no key is nobody’s', () => {
  const counts = [
    count('small', 'accepted', 1, 10, 100),
    count('big', 'accepted', 2, 20, 200),
    count('big', 'too-old', 0, 3, 0),
    count('big', 'unauthorized', 5, 0, 50),
    count('big', 'duplicate', 0, 7, 0),
    count('big', 'accepted', 1, 1, 1),
    count('', 'accepted', 9, 9, 9000),
  ];
  expect(keyVolumes(counts)).toEqual([
    { keyId: 'big', requests: 8, acceptedRecords: 21, refusedRecords: 3, bytes: 251 },
    { keyId: 'small', requests: 1, acceptedRecords: 10, refusedRecords: 0, bytes: 100 },
  ]);
  expect(keyVolumes([])).toEqual([]);
});
