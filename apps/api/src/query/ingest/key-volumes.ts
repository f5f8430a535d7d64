import type { IngestCount, KeyVolumeAnswer } from '@aegisguard/model';
import { LOSSES } from './outcome-advice.ts';

type KeyVolume = KeyVolumeAnswer['items'][number];

/** What each key sent, most bytes first. What was accepted and then could not be stored stays accepted; a refused request whose records nobody counted counts as a request alone. */
export function keyVolumes(
  counts: readonly Pick<IngestCount, 'keyId' | 'outcome' | 'requests' | 'records' | 'bytes'>[],
): KeyVolume[] {
  const volumes = new Map<string, KeyVolume>();
  for (const { keyId, outcome, requests, records, bytes } of counts) {
    const known = volumes.get(keyId) ?? { keyId, requests: 0, acceptedRecords: 0, refusedRecords: 0, bytes: 0 };
    const isAccepted = outcome === 'accepted';
    const isRefused = !isAccepted && !LOSSES.some((loss) => loss === outcome);
    volumes.set(keyId, {
      keyId,
      requests: known.requests + requests,
      acceptedRecords: known.acceptedRecords + (isAccepted ? records : 0),
      refusedRecords: known.refusedRecords + (isRefused ? records : 0),
      bytes: known.bytes + bytes,
    });
  }
  // What the platform itself brought in has no key.
  volumes.delete('');
  return [...volumes.values()].sort((a, b) => b.bytes - a.bytes || (a.keyId < b.keyId ? -1 : 1));
}
