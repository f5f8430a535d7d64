import type { IngestAnswer } from './ingest-request.ts';

/** How an answer lies in a receipt. */
interface KeptAnswer {
  readonly v: 2;
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly base64?: string;
}

/** An answer as a receipt keeps it. */
export function keepAnswer({ status, contentType, headers, body }: IngestAnswer): string {
  const content = typeof body === 'string' ? { text: body } : { base64: Buffer.from(body).toString('base64') };
  return JSON.stringify({ v: 2, status, contentType, headers, ...content } satisfies KeptAnswer);
}

/** The answer that a receipt keeps. Before there were several protocols, a receipt held the body of a native 202 and nothing else. */
export function keptAnswer(response: string): IngestAnswer {
  const kept = JSON.parse(response) as KeptAnswer | { readonly v?: undefined };
  if (kept.v === undefined) {
    return { status: 202, contentType: 'application/json; charset=utf-8', headers: {}, body: response };
  }
  const { status, contentType, headers, text, base64 } = kept;
  return { status, contentType, headers, body: text ?? Buffer.from(base64 ?? '', 'base64') };
}
