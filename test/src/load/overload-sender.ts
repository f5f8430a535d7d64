import { parentPort, workerData } from 'node:worker_threads';
import { type Signer, signHeaders } from '@aegisguard/testkit';

/** What the sender is told. */
export interface OverloadOrder {
  readonly url: string;
  readonly signer: Signer;
  readonly connections: number;
  readonly millis: number;
}

/** What it tells at the end: accepted records per signal, answers per status, and requests that ended without an answer. */
export interface OverloadReport {
  readonly accepted: { readonly logs: number; readonly spans: number; readonly metrics: number };
  readonly statuses: Readonly<Record<number, number>>;
  readonly unanswered: number;
}

const LOGS = 1000;
const SPANS = 500;
const METRICS = 2000;
/** An hour ago: batch n has its samples n ms later, so that none is named as another. */
const METRICS_BEGIN_MS = Date.now() - 3_600_000;

// A thread of its own, so that the story's own clock and health probe are not held up by the load they measure.
const order = workerData as OverloadOrder;
parentPort?.postMessage(await overload(order));

async function overload({ url, signer, connections, millis }: OverloadOrder): Promise<OverloadReport> {
  const accepted = { logs: 0, spans: 0, metrics: 0 };
  const statuses: Record<number, number> = {};
  let unanswered = 0;
  let next = 0;
  const until = performance.now() + millis;
  const sender = async (): Promise<void> => {
    while (performance.now() < until) {
      const number = next;
      next += 1;
      const [signal, path, body] = batch(number);
      const headers = { 'content-type': 'application/json', ...signHeaders(signer, body) };
      const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body }).catch(() => undefined);
      if (answer === undefined) {
        unanswered += 1;
        continue;
      }
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      const text = await answer.text();
      if (answer.status === 202) {
        accepted[signal] += (JSON.parse(text) as { accepted: number }).accepted;
      }
    }
  };
  await Promise.all(Array.from({ length: connections }, sender));
  return { accepted, statuses, unanswered };
}

/** Batch `number`, one of the three signals in turn. */
function batch(number: number): [signal: 'logs' | 'spans' | 'metrics', path: string, body: string] {
  const now = Date.now();
  switch (number % 3) {
    case 0: {
      const logs = Array.from({ length: LOGS }, (_, row) => ({
        service: 'overload',
        message: `row ${row} of ${number}`,
      }));
      return ['logs', '/v1/logs', JSON.stringify({ logs })];
    }
    case 1: {
      const traceId = number.toString(16).padStart(32, '0');
      const spans = Array.from({ length: SPANS }, (_, row) => ({
        traceId,
        spanId: (row + 1).toString(16).padStart(16, '0'),
        name: 'step',
        service: 'overload',
        startTime: now,
        durationMs: row,
      }));
      return ['spans', '/v1/traces', JSON.stringify({ spans })];
    }
    default: {
      const metrics = Array.from({ length: METRICS }, (_, row) => ({
        name: 'overload_value',
        value: row,
        timestamp: METRICS_BEGIN_MS + number,
        labels: { row: String(row) },
      }));
      return ['metrics', '/v1/metrics', JSON.stringify({ metrics })];
    }
  }
}
