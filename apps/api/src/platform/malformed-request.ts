import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { AegisError } from '@aegisguard/model';
import { problemOf } from './problem.ts';

/** Answers what Node's parser could not read as HTTP at all, e.g. headers that are too large; there is no request to reply to, so the answer is written by hand. */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const detail = tooLarge ? 'The request headers are too large.' : 'The request is not valid HTTP.';
  const body = JSON.stringify(problemOf(new AegisError('invalid-request', { detail }), randomUUID()));
  const head = [
    'HTTP/1.1 400 Bad Request',
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
