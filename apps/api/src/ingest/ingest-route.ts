import type { IngestScope, Signal } from '@aegisguard/model';
import type { BodyForm } from './answer-style.ts';
import type { ContentType } from './content-type.ts';

/** How the bytes on the wire are unpacked: a `Content-Encoding` (RFC 9110); a snappy block and nothing else; or a block that may have an encoding around it. */
export type WireForm = 'encoded' | 'snappy' | 'encoded-snappy';

/** What a content type says of a body. */
export interface Reading {
  readonly wire: WireForm;
  /** What is assumed until the body can be seen. */
  readonly form: BodyForm;
  /** The form of an unpacked body, where the content type leaves it open. */
  readonly formOf?: (body: Uint8Array) => BodyForm;
}

/** What one route adds to the gateway's common path. */
export interface IngestRoute {
  readonly path: string;
  readonly signal: Signal;
  readonly scope: IngestScope;
  /** Answers requests of pages elsewhere (CORS). */
  readonly crossOrigin: boolean;
  /** How a request is answered whose content type is none of the route's. */
  readonly fallback: BodyForm;
  /** The content types that it takes, for the 415. */
  readonly takes: string;
  /** Undefined: not one of the route's. */
  read(contentType: ContentType): Reading | undefined;
}
