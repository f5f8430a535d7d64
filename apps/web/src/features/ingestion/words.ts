import type { IngestProtocol } from '@aegisguard/model';

/** Protocols as people call them. */
export const PROTOCOL_WORDS: Readonly<Record<IngestProtocol, string>> = {
  native: 'JSON',
  'otlp-http': 'OTLP/HTTP',
  'otlp-grpc': 'OTLP/gRPC',
  loki: 'Loki push',
  'remote-write': 'Remote write',
};

const RATE = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

/** `1.25K/s`; what is slower than one a second is counted by the minute or the hour, so that the number can be read. */
export function rateWords(perSecond: number): string {
  if (perSecond === 0 || perSecond >= 1) {
    return `${RATE.format(perSecond)}/s`;
  }
  return perSecond * 60 >= 1 ? `${RATE.format(perSecond * 60)}/min` : `${RATE.format(perSecond * 3600)}/h`;
}

/** What a key is called; keys that are gone keep their id. */
export function keyWords({ keyId, keyName }: { readonly keyId: string; readonly keyName: string | null }): string {
  return keyName ?? keyId;
}
