import type { IncomingHttpHeaders } from 'node:http';
import type { BodyLease } from './body-budget.ts';
import type { ContentType } from './content-type.ts';

/** A request as the gateway sees it, whatever carried it. */
export interface IngestRequest {
  readonly id: string;
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders;
  readonly contentType: ContentType;
  /** `?key=` of browsers. */
  readonly queryKey: string | undefined;
  readonly clientAddress: string;
  /** Reads the whole body, as it came over the wire, into memory that counts against the lease. Throws `body-too-large` and `request-aborted`. To be called once. */
  readBody(bytesMax: number, lease: BodyLease): Promise<Buffer>;
  /** The same for a body that nobody will need, so that it takes no memory where that can be had. */
  passBody(bytesMax: number, lease: BodyLease, onChunk: (chunk: Uint8Array) => void): Promise<void>;
}

/** An answer, ready to be written. */
export interface IngestAnswer {
  readonly status: number;
  /** `''` for an answer without a body. */
  readonly contentType: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}
