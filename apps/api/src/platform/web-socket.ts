// https://www.rfc-editor.org/rfc/rfc6455
import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { AegisError } from '@aegisguard/model';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type WebSocket, WebSocketServer } from 'ws';

interface Upgrade {
  readonly socket: Duplex;
  readonly head: Buffer;
}

/** Clients of ours have nothing to say on a websocket. */
const PAYLOAD_BYTES_MAX = 4096;

const upgrades = new WeakMap<IncomingMessage, Upgrade>();
const sockets = new WebSocketServer({ noServer: true, maxPayload: PAYLOAD_BYTES_MAX, perMessageDeflate: false });

/** Whether a request wants to become a websocket. Other upgrades that clients offer, such as h2c, are let be: the request is answered as it is. */
export function wantsWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** Leads requests that want a websocket through the same hooks, guards and routes as all others, so that they are refused as all others are. */
export function acceptWebSockets(instance: FastifyInstance): void {
  instance.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // What is wrong with it ends the connection, not the process.
    socket.on('error', () => socket.destroy());
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as Parameters<ServerResponse['assignSocket']>[0]);
    response.once('finish', () => socket.end());
    upgrades.set(request, { socket, head });
    instance.routing(request, response);
  });
}

/** Throws `invalid-request` for a request of a route that speaks over a websocket, and does not want one. */
export function demandWebSocket({ raw }: FastifyRequest): void {
  if (!upgrades.has(raw)) {
    throw new AegisError('invalid-request', { detail: 'This is a websocket: connect to it by the scheme ws or wss.' });
  }
}

/** Makes such a request a websocket. Its answer is begun with that: where the client's half of the handshake is wrong it is refused, and this never resolves. */
export function openWebSocket({ raw }: FastifyRequest, reply: FastifyReply): Promise<WebSocket> {
  const { head, socket } = upgrades.get(raw) as Upgrade;
  reply.hijack();
  reply.raw.detachSocket(socket as Parameters<ServerResponse['detachSocket']>[0]);
  return new Promise((resolve) => sockets.handleUpgrade(raw, socket, head, resolve));
}
