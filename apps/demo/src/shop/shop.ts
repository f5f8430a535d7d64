import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, freePorts } from '../engines/free-port.ts';
import { type KeptEngine, keepRunning } from '../engines/keep-running.ts';
import { type ShopPostgres, startShopPostgres } from '../engines/shop-postgres.ts';
import { hasRedis, type ShopRedis, startShopRedis } from '../engines/shop-redis.ts';
import type { ServiceSettings, SupervisorMessage } from '../process/messages.ts';
import { type ProcessCommand, SupervisedProcess } from '../process/supervised-process.ts';
import { otelEnvironment, type TelemetryTarget } from './otel-environment.ts';

/** Services by what each calls. */
const SERVICES = {
  'card-network': { calls: [], isInstrumented: false },
  payments: { calls: ['card-network'], isInstrumented: true },
  catalog: { calls: [], isInstrumented: true },
  orders: { calls: ['catalog', 'payments'], isInstrumented: true },
  mailer: { calls: [], isInstrumented: true },
  storefront: { calls: ['catalog', 'orders'], isInstrumented: true },
} as const satisfies Record<string, { readonly calls: readonly string[]; readonly isInstrumented: boolean }>;

/** A process of the shop. */
export type ServiceName = keyof typeof SERVICES;

const NAMES = Object.keys(SERVICES) as readonly ServiceName[];

const FIRST_VERSION = '1.4.0';
/** A small shop: each process gets by with little memory. */
const NODE_FLAGS = ['--max-old-space-size=192', '--max-semi-space-size=2', '--disable-warning=ExperimentalWarning'];

/** What a shop is made of. */
export interface ShopOptions {
  /** Where its database lies. */
  readonly dataDir: string;
  readonly target: TelemetryTarget;
  /** The visitors' key for RUM. */
  readonly rumKey: string;
  readonly seed: number;
  /** Inherited by its processes: a way to programs, nothing of the server's. */
  readonly env: Readonly<Record<string, string>>;
  /** Tells the user. */
  readonly say: (line: string) => void;
}

/** A small shop of several processes that run until they are stopped, with people who visit it. */
export class Shop {
  readonly #options: ShopOptions;
  readonly #postgres: KeptEngine<ShopPostgres>;
  readonly #redis: KeptEngine<ShopRedis> | undefined;
  readonly #ports = new Map<string, number>();
  readonly #versions = new Map<string, string>();
  readonly #processes = new Map<string, SupervisedProcess>();

  private constructor(
    options: ShopOptions,
    postgres: KeptEngine<ShopPostgres>,
    redis: KeptEngine<ShopRedis> | undefined,
  ) {
    this.#options = options;
    this.#postgres = postgres;
    this.#redis = redis;
  }

  /** Opens it: engines first, then services, then the doors. */
  static async open(options: ShopOptions): Promise<Shop> {
    const { dataDir, say } = options;
    const postgres = await keepRunning('PostgreSQL', () => startShopPostgres(join(dataDir, 'postgres')), say);
    let redis: KeptEngine<ShopRedis> | undefined;
    try {
      redis = await openRedis(join(dataDir, 'redis'), say);
      const shop = new Shop(options, postgres, redis);
      await shop.#start();
      return shop;
    } catch (error) {
      await Promise.all([redis?.stop(), postgres.stop()]);
      throw error;
    }
  }

  get catalogUrl(): string {
    return this.#postgres.current.catalogUrl;
  }

  get ordersUrl(): string {
    return this.#postgres.current.ordersUrl;
  }

  /** Undefined where there is no Redis. */
  get redis(): ShopRedis | undefined {
    return this.#redis?.current;
  }

  /** Of the storefront. */
  get url(): string {
    return this.#urlOf('storefront');
  }

  /** Process ids by name. */
  get pids(): ReadonlyMap<string, number> {
    return new Map([...this.#processes].flatMap(([name, { pid }]) => (pid === undefined ? [] : [[name, pid]])));
  }

  tell(name: ServiceName, message: SupervisorMessage): void {
    this.#processes.get(name)?.tell(message);
  }

  /** Replaces a service by another version of itself, which takes over before the one before goes. */
  async deploy(name: ServiceName, version: string): Promise<void> {
    this.#versions.set(name, version);
    this.#ports.set(name, await freePort());
    const callers = NAMES.filter((caller) => SERVICES[caller].calls.some((callee) => callee === name));
    const redirect = (caller: ServiceName) => this.#processes.get(caller)?.redirect({ [name]: this.#urlOf(name) });
    // A caller that knew of no other yet would ask one that is closing.
    await this.#processes.get(name)?.renew(async () => void (await Promise.all(callers.map(redirect))));
  }

  /** Visitors go first; what they have begun is still served. */
  async close(): Promise<void> {
    await this.#processes.get('visitors')?.stop();
    await Promise.all([...this.#processes.values()].map((process) => process.stop()));
    await Promise.all([this.#redis?.stop(), this.#postgres.stop()]);
  }

  async #start(): Promise<void> {
    const ports = await freePorts(NAMES.length);
    for (const [at, name] of NAMES.entries()) this.#ports.set(name, ports[at] ?? 0);
    for (const name of NAMES) {
      if (name === 'mailer' && this.#redis === undefined) continue;
      this.#add(name, () => this.#command(name));
    }
    // Nobody is let in before everything is there.
    await Promise.all([...this.#processes.values()].map(({ running }) => running));
    this.#add('visitors', () => ({
      args: [...NODE_FLAGS, programPath('../visitors/main')],
      env: this.#options.env,
      settings: this.#settings(FIRST_VERSION, ['storefront']),
    }));
  }

  #add(name: string, command: () => ProcessCommand): void {
    this.#processes.set(name, new SupervisedProcess(name, command, this.#options.say));
  }

  #command(name: ServiceName): ProcessCommand {
    const { calls, isInstrumented } = SERVICES[name];
    const version = this.#versions.get(name) ?? FIRST_VERSION;
    const telemetry = isInstrumented ? ['--import', programUrl('../process/telemetry').href] : [];
    const otel = isInstrumented ? otelEnvironment({ name, version }, this.#options.target) : {};
    const databaseUrl = name === 'catalog' ? this.catalogUrl : name === 'orders' ? this.ordersUrl : null;
    const { url, token } = this.#options.target;
    const events = name === 'storefront' ? { url, token } : null;
    return {
      args: [...NODE_FLAGS, ...telemetry, programPath(`../services/${name}`)],
      env: { ...this.#options.env, ...otel },
      settings: { ...this.#settings(version, calls), port: this.#ports.get(name) ?? 0, databaseUrl, events },
    };
  }

  #settings(version: string, calls: readonly ServiceName[]): ServiceSettings {
    const { target, rumKey, seed } = this.#options;
    return {
      type: 'settings',
      port: 0,
      version,
      urls: Object.fromEntries(calls.map((name) => [name, this.#urlOf(name)])),
      databaseUrl: null,
      redisUrl: this.redis?.url ?? null,
      rum: { url: target.url, key: rumKey },
      events: null,
      seed,
    };
  }

  #urlOf(name: ServiceName): string {
    return `http://127.0.0.1:${this.#ports.get(name)}`;
  }
}

async function openRedis(directory: string, say: (line: string) => void): Promise<KeptEngine<ShopRedis> | undefined> {
  if (!(await hasRedis())) {
    say('redis-server is not installed: the shop runs without cache, stream of orders and mailer');
    return undefined;
  }
  const port = await freePort();
  return keepRunning('Redis', () => startShopRedis(directory, port), say);
}

/** A program beside this file: compiled, or the source that tests run. */
function programUrl(path: string): URL {
  return new URL(`${path}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
}

function programPath(path: string): string {
  return fileURLToPath(programUrl(path));
}
