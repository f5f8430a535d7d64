import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AskPart, type ExportSink, exportLogs } from './export-logs.ts';
import type { ExportFormat } from './row-splitter.ts';

const NAMES = 'timestamp,id,message\n';

function rowOf(format: ExportFormat, index: number): string {
  return format === 'csv' ? `t${index},i${index},"a\n""b"` : `{"timestamp":"t${index}","id":"i${index}"}`;
}

interface PartPlan {
  /** Rows that the part has. */
  readonly rows: number;
  /** Bytes after which its connection breaks; undefined: never. */
  readonly breaksAt: number | undefined;
}

/** A server with so many rows, which answers parts as they are planned, and in full when no plan is left. */
function serverOf(format: ExportFormat, rows: number, plans: readonly PartPlan[]): AskPart {
  const left = [...plans];
  return async (after) => {
    const from = after === undefined ? 0 : Number(after.id.slice(1)) + 1;
    const plan = left.shift() ?? { rows, breaksAt: undefined };
    const count = Math.max(0, Math.min(plan.rows, rows - from));
    const text = Array.from({ length: count }, (_, index) => `${rowOf(format, from + index)}\n`).join('');
    const bytes = new TextEncoder().encode(`${format === 'csv' ? NAMES : ''}${text}`);
    const end = Math.min(bytes.length, plan.breaksAt ?? bytes.length);
    return new ReadableStream({
      start: (controller) => {
        for (let at = 0; at < end; at += 7) {
          controller.enqueue(bytes.slice(at, Math.min(end, at + 7)));
        }
        if (plan.breaksAt === undefined) {
          controller.close();
        }
      },
      // What was enqueued is read before the connection is found broken.
      pull: (controller) => controller.error(new Error('broken')),
    });
  };
}

function memory(limit = Number.POSITIVE_INFINITY): ExportSink & { readonly text: () => string } {
  let text = '';
  return {
    write: async (bytes) => {
      text += new TextDecoder().decode(bytes);
      return text.length < limit;
    },
    text: () => text,
  };
}

const NEVER = new AbortController().signal;

describe('an export', () => {
  it('has every row once and the names once, however its parts end', async () => {
    const plans = fc.array(
      fc.record({ rows: fc.integer({ min: 1, max: 9 }), breaksAt: fc.option(fc.nat(120), { nil: undefined }) }),
      { maxLength: 2 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('csv', 'ndjson'),
        fc.integer({ min: 1, max: 20 }),
        plans,
        async (format, rows, planned) => {
          // A first answer that breaks before anything came is an error that is shown.
          fc.pre(planned[0]?.breaksAt === undefined || planned[0].breaksAt > 60);
          const sink = memory();
          const end = await exportLogs(format, serverOf(format, rows, planned), sink, NEVER, () => undefined);
          const wanted = Array.from({ length: rows }, (_, index) => `${rowOf(format, index)}\n`).join('');
          expect(sink.text()).toBe(`${format === 'csv' ? NAMES : ''}${wanted}`);
          expect(end).toMatchObject({ rows, isWhole: true, bytes: sink.text().length });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives up when the connection stays broken, with whole rows only', async () => {
    const broken: PartPlan = { rows: 9, breaksAt: 45 };
    const sink = memory();
    const nothing: PartPlan = { rows: 9, breaksAt: 0 };
    const ask = serverOf('ndjson', 9, [broken, nothing, nothing, nothing]);
    const end = await exportLogs('ndjson', ask, sink, NEVER, () => undefined);
    expect(end).toMatchObject({ rows: 1, isWhole: false });
    expect(end.error).toBeInstanceOf(Error);
    expect(sink.text()).toBe(`${rowOf('ndjson', 0)}\n`);
  });

  it('ends where no more fits, and when it is cancelled', async () => {
    const full = await exportLogs('ndjson', serverOf('ndjson', 100, []), memory(200), NEVER, () => undefined);
    expect(full.isWhole).toBe(false);
    expect(full.error).toBeUndefined();
    const control = new AbortController();
    const cancelled = exportLogs('ndjson', serverOf('ndjson', 100, []), memory(), control.signal, () =>
      control.abort(),
    );
    await expect(cancelled).rejects.toThrow('aborted');
  });

  it('says so when it cannot begin', async () => {
    const refuse: AskPart = () => Promise.reject(new Error('no'));
    await expect(exportLogs('csv', refuse, memory(), NEVER, () => undefined)).rejects.toThrow('no');
  });
});
