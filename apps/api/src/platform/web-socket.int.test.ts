import { once } from 'node:events';
import { connect } from 'node:net';
import { AegisError } from '@aegisguard/model';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { acceptWebSockets, demandWebSocket, openWebSocket, wantsWebSocket } from './web-socket.ts';

let instance: FastifyInstance;
let port: number;

beforeAll(async () => {
  instance = fastify({ http: { shouldUpgradeCallback: wantsWebSocket } });
  acceptWebSockets(instance);
  instance.addHook('onRequest', async ({ headers }) => {
    if (headers.authorization === undefined) {
      throw new AegisError('unauthorized', { detail: 'no token' });
    }
  });
  instance.setErrorHandler((error, _, reply) => reply.code(error instanceof AegisError ? error.status : 500).send({}));
  instance.get('/socket', async (request, reply) => {
    demandWebSocket(request);
    const socket = await openWebSocket(request, reply);
    socket.send('welcome');
    socket.on('message', () => socket.close(1000, 'bye'));
  });
  instance.post('/plain', async ({ body }) => ({ body }));
  await instance.listen({ port: 0, host: '127.0.0.1' });
  ({ port } = instance.server.address() as { port: number });
});

afterAll(() => instance.close());

const authorization = 'Bearer x';

/** Everything that a raw request is answered with until the server ends the connection. */
async function ask(...lines: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(lines.join('\r\n'));
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await once(socket, 'close');
  return text;
}

const UPGRADE = ['host: x', 'connection: upgrade', 'upgrade: websocket', 'sec-websocket-version: 13'];

it('a route that speaks over a websocket does, behind the hooks of all routes', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket`, { headers: { authorization } });
  const [message] = await once(socket, 'message');
  expect(String(message)).toBe('welcome');
  socket.send('hello');
  const [code, reason] = await once(socket, 'close');
  expect([code, String(reason)]).toEqual([1000, 'bye']);
});

it('a handshake is refused as any request is, and its connection ends', async () => {
  const key = 'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==';
  expect(await ask('GET /socket HTTP/1.1', ...UPGRADE, key, '', '')).toMatch(/^HTTP\/1.1 401 /);
  const allowed = [...UPGRADE, key, `authorization: ${authorization}`, '', ''];
  expect(await ask('GET /elsewhere HTTP/1.1', ...allowed)).toMatch(/^HTTP\/1.1 404 /);
  expect(await ask('POST /socket HTTP/1.1', ...allowed)).toMatch(/^HTTP\/1.1 404 /);
});

it('a wrong handshake is refused, and so is none', async () => {
  const head = [...UPGRADE, 'sec-websocket-key: wrong', `authorization: ${authorization}`];
  expect(await ask('GET /socket HTTP/1.1', ...head, '', '')).toMatch(/^HTTP\/1.1 400 /);
  const answer = await fetch(`http://127.0.0.1:${port}/socket`, { headers: { authorization } });
  expect(answer.status).toBe(400);
});

it('a client that offers another protocol gets its answer in this one', async () => {
  const head = ['host: x', 'connection: upgrade, close', 'upgrade: h2c', `authorization: ${authorization}`];
  const body = ['content-type: application/json', 'content-length: 7', '', '{"a":1}'];
  const answer = await ask('POST /plain HTTP/1.1', ...head, ...body);
  expect(answer).toMatch(/^HTTP\/1.1 200 /);
  expect(answer).toContain('{"body":{"a":1}}');
});
