import { type LogLevel, type LogRecord, PUSHED_METADATA, unixNanos } from '@aegisguard/model';
import { Random } from '@aegisguard/testkit';

/** Logs in the shapes of real services: JSON, logfmt (pushed as Loki streams), access logs and stack traces, ~250 bytes of message each. Templates are made once; times, ids and numbers differ in each log. */
export class LogShapes {
  readonly #random = new Random(20_261_127);
  #count = 0;

  /** Every so many logs one has the needle. */
  static readonly NEEDLE_EVERY = 100_003;
  static readonly NEEDLE = 'flux-capacitor';
  /** The same for one that is in very few of them. */
  static readonly RARITY_EVERY = 2_500_009;
  static readonly RARITY = 'dilithium';

  /** The trace id that the log of a number has, of services that trace. */
  static traceIdOf(number: number): string {
    return (number * 2_654_435_761 + 97).toString(16).padStart(32, 'a');
  }

  /** Records of a batch, `stepNanos` apart. */
  batch(startNanos: bigint, stepNanos: bigint, rows: number): LogRecord[] {
    return Array.from({ length: rows }, (_, index) => {
      this.#count += 1;
      const shape = SHAPES[this.#random.below(SHAPES.length)] ?? jsonLog;
      const log = shape(this.#random, LogShapes.traceIdOf(this.#count));
      const isNeedle = this.#count % LogShapes.NEEDLE_EVERY === 0;
      const isRarity = this.#count % LogShapes.RARITY_EVERY === 0;
      const needle = isNeedle ? ` ${LogShapes.NEEDLE} overheated` : '';
      const message = `${log.message}${needle}${isRarity ? ` ${LogShapes.RARITY}` : ''}`;
      return { ...EMPTY, ...log, message, timestamp: unixNanos(startNanos + BigInt(index) * stepNanos), index };
    });
  }
}

type Shape = (random: Random, traceId: string) => Partial<LogRecord> & { readonly message: string };

const EMPTY: Omit<LogRecord, 'timestamp' | 'index' | 'message'> = {
  level: 'info',
  severityNumber: 9,
  severityText: '',
  service: '',
  host: '',
  env: 'production',
  version: '',
  traceId: '',
  spanId: '',
  scopeName: '',
  scopeVersion: '',
  attributes: {},
  resource: {},
  details: {},
  ingestId: '',
  geo: {},
  userAgent: {},
  truncated: false,
};

const LEVELS = ['info', 'info', 'info', 'info', 'info', 'info', 'info', 'debug', 'debug', 'warn', 'error'] as const;
const METHODS = ['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE'] as const;
const ROUTES = [
  '/api/orders',
  '/api/orders/:id',
  '/api/products',
  '/api/cart/items',
  '/api/login',
  '/healthz',
] as const;
const STATUSES = [200, 200, 200, 200, 201, 204, 304, 400, 404, 500, 503] as const;
const REGIONS = ['eu-west-1', 'us-east-1', 'ap-south-1'] as const;
const JSON_SERVICES = ['checkout', 'payments', 'auth', 'search', 'cart'] as const;
const LOGFMT_SERVICES = ['ingester', 'scheduler', 'distributor'] as const;
const COUNTRIES = ['DE', 'US', 'FR', 'GB', 'IN', 'BR', 'JP', 'PL'] as const;
const BROWSERS = ['Chrome', 'Chrome', 'Firefox', 'Safari', 'Edge'] as const;
const SYSTEMS = ['Windows', 'macOS', 'Android', 'iOS', 'Linux'] as const;
const EXCEPTIONS = ['java.lang.IllegalStateException', 'java.sql.SQLTimeoutException', 'java.io.IOException'] as const;

function jsonLog(random: Random, traceId: string) {
  const level: LogLevel = random.pick(LEVELS);
  const status = random.pick(STATUSES);
  const method = random.pick(METHODS);
  const route = random.pick(ROUTES);
  const durationMs = random.below(40_000) / 10;
  const customerId = `c-${random.below(50_000)}`;
  const text = level === 'error' ? `upstream timed out after ${durationMs} ms` : `request completed`;
  return {
    service: random.pick(JSON_SERVICES),
    level,
    severityText: level,
    host: `node-${random.below(24)}`,
    version: '2.14.1',
    traceId,
    spanId: random.hex(16),
    message: `{"level":"${level}","msg":"${text}","method":"${method}","route":"${route}","status":${status},"duration_ms":${durationMs},"customer":"${customerId}","request_id":"${random.hex(20)}"}`,
    attributes: { http: { method, route, status }, durationMs, customerId, region: random.pick(REGIONS) },
  };
}

function logfmtLog(random: Random) {
  const service = random.pick(LOGFMT_SERVICES);
  const level: LogLevel = random.pick(LEVELS);
  return {
    service,
    level,
    severityText: level,
    message: `ts=2026-11-26T10:00:00.${random.below(1000)}Z caller=flush.go:${random.below(400)} level=${level} org_id=tenant-${random.below(40)} msg="flushing stream" labels={app=\\"api\\"} num_chunks=${random.below(9)} size=${random.below(1_000_000)} duration=${random.below(900)}ms`,
    resource: {
      service_name: service,
      level,
      cluster: random.pick(REGIONS),
      namespace: 'observability',
      pod: `${service}-${random.below(6)}`,
    },
    details: { [PUSHED_METADATA]: 0 },
  };
}

function accessLog(random: Random) {
  const status = random.pick(STATUSES);
  const method = random.pick(METHODS);
  const country = random.pick(COUNTRIES);
  const ip = `${random.below(224)}.${random.below(256)}.${random.below(256)}.${random.below(256)}`;
  return {
    service: random.below(2) === 0 ? 'edge' : 'static',
    level: (status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info') satisfies LogLevel as LogLevel,
    host: `edge-${random.below(8)}`,
    message: `${ip} - - [26/Nov/2026:10:00:00 +0000] "${method} /assets/${random.below(3000)}/app.js HTTP/1.1" ${status} ${random.below(90_000)} "https://shop.example.com/" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${100 + random.below(30)}.0.0.0 Safari/537.36"`,
    attributes: { http: { method, status }, client: { ip } },
    geo: { country, city: `${country}-${random.below(5)}` },
    userAgent: { browser: random.pick(BROWSERS), os: random.pick(SYSTEMS), deviceType: 'desktop' },
  };
}

function javaLog(random: Random, traceId: string) {
  const isTrace = random.below(10) === 0;
  const level: LogLevel = isTrace ? 'error' : 'info';
  const frames = Array.from(
    { length: isTrace ? 12 : 0 },
    () =>
      `\n\tat com.example.orders.service.OrderService${random.below(20)}.process(OrderService.java:${random.below(900)})`,
  );
  const head = isTrace ? `${random.pick(EXCEPTIONS)}: order ${random.below(1e6)} is locked` : 'Hibernate: select order';
  return {
    service: 'orders',
    level,
    severityText: level.toUpperCase(),
    host: `node-${random.below(24)}`,
    traceId,
    message: `2026-11-26 10:00:00.${random.below(1000)} ${level.toUpperCase()} [http-nio-8080-exec-${random.below(200)}] c.e.o.OrderController - ${head} ${random.below(1e6)}${frames.join('')}`,
    attributes: { thread: `exec-${random.below(200)}`, logger: 'c.e.o.OrderController' },
  };
}

/** As often as they stand here. */
const SHAPES: readonly Shape[] = [jsonLog, jsonLog, jsonLog, logfmtLog, logfmtLog, accessLog, accessLog, javaLog];
