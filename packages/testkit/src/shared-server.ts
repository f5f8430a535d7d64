import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from './free-port.ts';
import { closeDatabases, createDatabase } from './postgres.ts';
import { startServer, type TestServer } from './server.ts';

// Starting the whole server takes several seconds of a processor. What needs no more than an organization of its own therefore joins one server, which the process that starts
// Vitest's workers keeps: it starts when a file first asks for it, and ends with the run. Files ask at an address that they find in the environment.

/** Names the address where a run of tests says which server it shares. */
const VARIABLE = 'AEGIS_TEST_SHARED_SERVER';

/** `AEGIS_MAX_BODY_BYTES` of the shared server: bodies past 2 MiB are judged in a thread, and one that is too long is sent within a moment. */
export const SHARED_BODY_BYTES_MAX = 4_000_000;

/** Lines of the shared server's log that a run shows at its end. */
const ERRORS_SHOWN = 40;

/** What there is to know about the shared server. */
export interface SharedServer {
  readonly url: string;
  /** Its PostgreSQL database, for what only an operator or an intruder does. */
  readonly databaseUrl: string;
  /** Where it takes OTLP alone. */
  readonly otlpHttpUrl: string;
  readonly otlpGrpcUrl: string;
}

/** Vitest calls it before the first test of a run, in the process that starts the workers, and what it returns after the last one. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env[VARIABLE] !== undefined) {
    return undefined;
  }
  const keeper = new Keeper();
  const desk = createServer((request, response) => keeper.answer(request.url ?? '', response));
  await once(desk.listen(0, '127.0.0.1'), 'listening');
  process.env[VARIABLE] = `http://127.0.0.1:${(desk.address() as AddressInfo).port}`;
  return async () => {
    delete process.env[VARIABLE];
    desk.close();
    desk.closeAllConnections();
    await keeper.stop();
  };
}

/** The server that this run of tests shares; throws with what it printed when it does not start, has ended, or was started again after a crash. */
export async function sharedServer(): Promise<SharedServer> {
  return JSON.parse(await ask('/'));
}

/** Everything that the shared server has printed, for every file of the run. */
export function sharedOutput(): Promise<string> {
  return ask('/output');
}

async function ask(path: string): Promise<string> {
  const desk = process.env[VARIABLE];
  if (desk === undefined) {
    throw new Error('only a run of tests has a shared server');
  }
  const answer = await fetch(`${desk}${path}`);
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(text);
  }
  return text;
}

/** Starts the server once, and looks whether it is still the one that it was. */
class Keeper {
  #started: Promise<{ readonly server: TestServer; readonly shared: SharedServer }> | undefined;

  answer(path: string, response: ServerResponse): void {
    this.#read(path).then(
      (text) => response.end(text),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  }

  async stop(): Promise<void> {
    // Who asked for a server that did not start has been told.
    const started = await this.#started?.catch(() => undefined);
    await started?.server.stop();
    // An answer of 500 in a test says no more than that; why it came is here.
    const errors = (started?.server.output() ?? '')
      .split('\n')
      .filter((line) => /"level":(?:50|60)|"level":"(?:error|fatal)"/.test(line));
    if (errors.length > 0) {
      process.stdout.write(`the shared server printed errors:\n${errors.slice(0, ERRORS_SHOWN).join('\n')}\n`);
    }
    await closeDatabases();
  }

  async #read(path: string): Promise<string> {
    this.#started ??= start();
    const { server, shared } = await this.#started;
    const output = server.output();
    if (path === '/output') {
      return output;
    }
    // The launcher says so at once, then starts another.
    if (
      output.includes('; starting it again in ') ||
      server.launcher.exitCode !== null ||
      server.launcher.signalCode !== null
    ) {
      throw new Error(`the server that the tests share has crashed; it printed:\n${output}`);
    }
    return JSON.stringify(shared);
  }
}

async function start(): Promise<{ readonly server: TestServer; readonly shared: SharedServer }> {
  const [databaseUrl, http, grpc] = [await createDatabase(), await freePort(), await freePort()];
  const server = await startServer({
    env: {
      DATABASE_URL: databaseUrl,
      AEGIS_MAX_BODY_BYTES: String(SHARED_BODY_BYTES_MAX),
      AEGIS_OTLP_HTTP_PORT: String(http),
      AEGIS_OTLP_GRPC_PORT: String(grpc),
      // What a file wants to be found by, such as an identity provider, is on this machine.
      AEGIS_ALLOW_PRIVATE_WEBHOOKS: 'true',
      // Each file registers from an address of its own.
      AEGIS_TRUST_PROXY: '127.0.0.1',
    },
  });
  const otlp = { otlpHttpUrl: `http://127.0.0.1:${http}`, otlpGrpcUrl: `http://127.0.0.1:${grpc}` };
  return { server, shared: { url: server.url, databaseUrl, ...otlp } };
}
