import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { testBatch } from './conformance/storage-under-test.ts';
import { logEncoder } from './encoder.ts';

const ORG = '019385a0-0000-7000-8000-000000000001';

describe('the encoder', () => {
  it('runs in a worker thread that never loads the engine, and its bytes can be transferred', async () => {
    const program = `
      import { parentPort } from 'node:worker_threads';
      import { registerHooks } from 'node:module';
      registerHooks({ load(url, context, next) { if (/chdb|@clickhouse/.test(url)) throw new Error('loaded ' + url); return next(url, context); } });
      const { logEncoder } = await import(${JSON.stringify(import.meta.resolve('./encoder.ts'))});
      const record = { timestamp: 1n, level: 'info', severityNumber: 9, severityText: '', service: 's', message: 'm', host: '', env: '', version: '', traceId: '', spanId: '',
        scopeName: '', scopeVersion: '', attributes: { a: 1 }, resource: {}, details: {}, geo: {}, userAgent: {}, ingestId: '', truncated: false, index: 0 };
      const batch = logEncoder.encode('${ORG}', { batchId: '${ORG}', receivedAtMs: 1, retentionDays: 30 }, [record]);
      parentPort.postMessage(batch, [batch.bytes.buffer]);`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(program)}`), {
      execArgv: ['--conditions=@aegisguard/source', '--disable-warning=ExperimentalWarning'],
    });
    const batch = await new Promise<{ rowCount: number; bytes: Uint8Array }>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    await worker.terminate();
    expect(batch.rowCount).toBe(1);
    expect(batch.bytes.byteLength).toBeGreaterThan(300);
  });

  it('takes ids that are UUIDs only', () => {
    const { records } = testBatch([{}]);
    const encode = (orgId: string, batchId: string) =>
      logEncoder.encode(orgId as never, { batchId, receivedAtMs: 1, retentionDays: 30 }, records);
    expect(() => encode(ORG, 'batch-1')).toThrow(TypeError);
    expect(() => encode("x' OR 1", ORG)).toThrow(TypeError);
    expect(encode(ORG, ORG).rowCount).toBe(1);
  });

  it('is deterministic', () => {
    const { records } = testBatch([{ attributes: { a: { b: [1] } } }, {}], ORG);
    const encode = () =>
      logEncoder.encode(ORG as never, { batchId: ORG, receivedAtMs: 1, retentionDays: 30 }, records).bytes;
    expect(encode()).toEqual(encode());
  });
});
