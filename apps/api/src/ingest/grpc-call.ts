// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
import type { Readable } from 'node:stream';
import { AegisError } from '@aegisguard/model';
import type { ServerInterceptingCallInterface } from '@grpc/grpc-js';
import type { BodyLease } from './body-budget.ts';
import { bodyTooLarge } from './body-slab.ts';

/**
 * What grpc-js has of a call and does not offer. It puts a message together and unpacks it before anybody is asked, for any number of calls at once; so the bytes are counted where they come
 * in, and unpacking is kept from it. The version is pinned, and `otlp-grpc.int.test.ts` sends compressed messages and bombs.
 */
interface CallInternals {
  readonly stream: Readable;
  incomingEncoding: string;
}

/** A message as it came: not unpacked. */
export interface WireMessage {
  readonly bytes: Buffer;
  /** As in `Content-Encoding`; undefined when the message is not compressed. */
  readonly encoding: string | undefined;
}

/** The receiving side of one unary call. */
export class GrpcCall {
  readonly #stream: Readable;
  readonly #encoding: string;
  readonly #message = Promise.withResolvers<Buffer>();
  #isCompressed: boolean | undefined;

  constructor(call: ServerInterceptingCallInterface) {
    const internals = call as unknown as Partial<CallInternals>;
    if (internals.stream === undefined || internals.incomingEncoding === undefined) {
      throw new TypeError('this version of grpc-js keeps its calls otherwise');
    }
    this.#stream = internals.stream;
    this.#encoding = internals.incomingEncoding;
    internals.incomingEncoding = 'identity';
    // Whoever waits is told; nobody need be.
    this.#message.promise.catch(() => undefined);
  }

  /** The name of the encoding that messages may have. */
  get encoding(): string {
    return this.#encoding;
  }

  /** Resolves with the message, after `startReading` has let it in. What comes counts against the lease. */
  async receive(bytesMax: number, lease: BodyLease, startReading: () => void): Promise<WireMessage> {
    let received = 0;
    this.#stream.on('data', (chunk: Buffer) => {
      // The first byte before a message says whether it is compressed.
      this.#isCompressed ??= chunk[0] === 1;
      received += chunk.length;
      try {
        if (received > bytesMax + FRAME_HEAD_BYTES) {
          throw bodyTooLarge(bytesMax);
        }
        // Once for the chunks, and once for the message that they become.
        lease.take(2 * chunk.length);
      } catch (error) {
        this.#message.reject(error);
      }
    });
    startReading();
    const bytes = await this.#message.promise;
    return { bytes, encoding: this.#isCompressed === true ? this.#encoding : undefined };
  }

  /** The whole message is there. */
  deliver(message: Buffer): void {
    this.#message.resolve(message);
  }

  /** The client went, or the library has answered. */
  cancel(): void {
    this.#message.reject(new AegisError('request-aborted'));
  }
}

/** A flag and the length. */
const FRAME_HEAD_BYTES = 5;
