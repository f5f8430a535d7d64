import { readFileSync } from 'node:fs';
import { suitePath } from '@aegisguard/testkit';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildLokiPush, verifyLokiPush } from './loki-push.ts';

// Pushes of Loki's own tests, each with whether Loki takes it. What their transport does (compression, content types) is the gateway's.

const path = suitePath('loki-vectors', 'loghttp.json');
const options = { receivedAtMs: 1_570_818_239_000, retentionDays: 30 };

const Case = z.object({
  body: z.unknown(),
  contentType: z.string(),
  valid: z.boolean(),
  expectedLabels: z.array(z.unknown()).optional(),
});
const Suite = z.array(z.object({ func: z.string(), cases: z.unknown() }));

/** The JSON text of a push, also where the original compresses it first; undefined for what is computed. */
function textOf(body: unknown): string | undefined {
  const compressed = z.object({ args: z.tuple([z.string()]) }).safeParse(body);
  return typeof body === 'string' ? body : compressed.data?.args[0];
}

function pushes() {
  if (path === undefined) {
    return [];
  }
  const suite = Suite.parse(JSON.parse(readFileSync(path, 'utf8')));
  const cases = z.array(Case).parse(suite.find(({ func }) => func === 'TestParseRequest')?.cases);
  return cases.flatMap(({ body, contentType, valid, expectedLabels }) => {
    const text = textOf(body);
    const isJson = /^application\/json(?:$|; charset=utf-8$)/.test(contentType);
    return text === undefined || text.includes('%d') || !isJson ? [] : [{ text, valid, expectedLabels }];
  });
}

/** What Loki refuses for its transport only: the test says "snappy" of a body that is JSON. */
const TRANSPORT_ONLY = 1;

describe.skipIf(path === undefined)('Loki’s own pushes (skipped without the test corpora)', () => {
  it('are taken where Loki takes them', () => {
    const all = pushes();
    expect(all.length).toBeGreaterThan(10);
    const taken = all.map(({ text }) => {
      try {
        const { total, rejected } = verifyLokiPush(Buffer.from(text), 'json', options);
        return total > 0 && rejected.length === 0;
      } catch {
        return false;
      }
    });
    const differing = all.filter(({ valid }, at) => valid !== taken[at]);
    expect(differing).toHaveLength(TRANSPORT_ONLY);
    expect(differing[0]?.valid).toBe(false);
  });

  it('keep the labels that Loki keeps', () => {
    const Labels = z.array(z.object({ $labels: z.record(z.string(), z.string()) }));
    const compared = pushes().filter(({ valid, text, expectedLabels }) => {
      const labels = Labels.safeParse(expectedLabels);
      if (!valid || !labels.success) {
        return false;
      }
      const records = buildLokiPush(Buffer.from(text), 'json', options, []);
      expect(records.map(({ resource }) => resource)).toEqual(labels.data.map(({ $labels }) => $labels));
      return true;
    });
    expect(compared.length).toBeGreaterThan(5);
  });
});
