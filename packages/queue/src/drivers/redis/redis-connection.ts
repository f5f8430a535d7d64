import { createClient, ErrorReply, RESP_TYPES } from 'redis';
import type { QueueLogger } from '../../queue-logger.ts';
import type { RedisScript } from './redis-script.ts';

type Client = ReturnType<typeof newClient>;

/** An argument of a command. */
export type RedisArgument = string | Buffer;

const CONNECT_TIMEOUT_MS = 5_000;
const RECONNECT_MS_MAX = 2_000;
/** A server that answers nothing for so long counts as gone, although the connection stands. */
const COMMAND_TIMEOUT_MS = 15_000;

/** How to connect. */
export interface RedisConnectionOptions {
  readonly url: string;
  readonly logger: QueueLogger;
  /** False for a connection that is thrown away when it fails. */
  readonly reconnect: boolean;
}

/** One connection to Redis. Texts of answers are Buffers. Commands fail at once while the server is away; it reconnects by itself. */
export class RedisConnection {
  private readonly client: Client;
  private readonly logger: QueueLogger;
  private isDown = false;

  private constructor(client: Client, logger: QueueLogger) {
    this.client = client;
    this.logger = logger;
    client.on('error', (error: unknown) => {
      if (!this.isDown) {
        this.isDown = true;
        this.logger.warn({ err: error }, 'Redis is not reachable');
      }
    });
    client.on('ready', () => {
      if (this.isDown) {
        this.isDown = false;
        this.logger.info({}, 'Redis is reachable again');
      }
    });
  }

  /** Throws when there is no server within a few seconds. */
  static async open(options: RedisConnectionOptions): Promise<RedisConnection> {
    const givenUpAt = performance.now() + CONNECT_TIMEOUT_MS;
    let connected = false;
    const client = newClient(options.url, (retries) => {
      const goesOn = connected ? options.reconnect : performance.now() < givenUpAt;
      return goesOn ? Math.min(RECONNECT_MS_MAX, 50 * 2 ** Math.min(retries, 6)) : false;
    });
    const connection = new RedisConnection(client, options.logger);
    await client.connect();
    connected = true;
    return connection;
  }

  get isReady(): boolean {
    return this.client.isReady;
  }

  /** Sends a command; `timeoutMs` is on top of what the command itself may wait. */
  command<T>(args: readonly RedisArgument[], waitMs = 0): Promise<T> {
    return this.within(waitMs + COMMAND_TIMEOUT_MS, this.client.sendCommand<T>(args));
  }

  /** Runs a script, which Redis may not know yet. */
  async script<T>(script: RedisScript, keys: readonly RedisArgument[], args: readonly RedisArgument[]): Promise<T> {
    const rest = [String(keys.length), ...keys, ...args];
    try {
      return await this.command<T>(['EVALSHA', script.sha, ...rest]);
    } catch (error) {
      if (isReply(error, 'NOSCRIPT')) {
        return this.command<T>(['EVAL', script.source, ...rest]);
      }
      throw error;
    }
  }

  /** Lets answers come in, then closes. */
  async close(): Promise<void> {
    if (this.client.isReady) {
      await this.client.close();
    } else {
      this.client.destroy();
    }
  }

  /** Closes at once. */
  destroy(): void {
    this.client.destroy();
  }

  private async within<T>(ms: number, answer: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`Redis did not answer within ${ms} ms`)), ms);
    });
    try {
      return await Promise.race([answer, timeout]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Whether Redis answered with that error. */
export function isReply(error: unknown, code: string): boolean {
  return error instanceof ErrorReply && error.message.includes(code);
}

function newClient(url: string, reconnectStrategy: (retries: number) => number | false) {
  return createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    disableClientInfo: true,
    socket: { connectTimeout: CONNECT_TIMEOUT_MS, reconnectStrategy },
    commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
  });
}
