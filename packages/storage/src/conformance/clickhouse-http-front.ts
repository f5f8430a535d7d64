import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { drainPending, Session } from 'chdb';

/*
 * The part of ClickHouse's HTTP interface that the driver uses, in front of the real engine in this process: where no server can be installed, the driver's way over HTTP is
 * still tried with real SQL, data and errors. https://clickhouse.com/docs/en/interfaces/http
 */

/** A running front. */
export interface ClickHouseFront {
  readonly url: string;
  /** How many requests were ended by their client before they were answered. */
  abandoned(): number;
  close(): Promise<void>;
}

/** Starts a front on a free port of the loopback; the directory is the engine's. */
export async function startClickHouseFront(directory: string): Promise<ClickHouseFront> {
  const sessions: Session[] = [new Session(directory)];
  const idle = [...sessions];
  let abandoned = 0;
  const server = createServer((request, response) => {
    const session = idle.pop() ?? grow(sessions, directory);
    response.once('close', () => {
      abandoned += response.writableFinished ? 0 : 1;
    });
    void answer(session, directory, request, response).finally(() => idle.push(session));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    abandoned: () => abandoned,
    close: async () => {
      await closeServer(server);
      for (const session of sessions) {
        session.close();
      }
      await drainPending();
    },
  };
}

function grow(sessions: Session[], directory: string): Session {
  const session = new Session(directory);
  sessions.push(session);
  return session;
}

async function answer(
  session: Session,
  directory: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { searchParams } = new URL(request.url ?? '/', 'http://front');
  const body = await buffer(request);
  const inUrl = searchParams.get('query');
  const spool = join(directory, `front-${randomUUID()}.native`);
  try {
    let sql = inUrl ?? body.toString('utf8');
    if (inUrl !== null && body.length > 0) {
      await writeFile(spool, body);
      sql = insertFromFile(inUrl, spool);
    }
    const format = /\sFORMAT\s+(\w+)\s*$/.exec(sql)?.[1];
    const result = await session.queryAsync(sql, { format: format ?? 'TabSeparated' });
    response.end(Buffer.from(result.bytes()));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // A connection whose statement failed gives what it had written with its next answer; take it away.
    await session.queryAsync('SELECT 1').catch(() => undefined);
    response.statusCode = 500;
    response.setHeader('x-clickhouse-exception-code', /Code: (\d+)/.exec(message)?.[1] ?? '1002');
    response.end(message);
  } finally {
    await rm(spool, { force: true });
  }
}

/** `INSERT … SETTINGS … FORMAT Native` with data becomes a read of the data from a file. */
function insertFromFile(sql: string, path: string): string {
  const [, head, settings] = /^(INSERT INTO \S+ \([^)]*\)) SETTINGS ([\s\S]*) FORMAT Native$/.exec(sql) ?? [];
  if (head === undefined) {
    throw new Error(`not an insert that this front knows: ${sql.slice(0, 200)}`);
  }
  return `${head} SELECT * FROM file('${path}', 'Native') SETTINGS ${settings}`;
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
