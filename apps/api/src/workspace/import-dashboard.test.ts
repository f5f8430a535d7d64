import { AegisError, Dashboard, DashboardContent } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEW_DASHBOARD, OLD_DASHBOARD } from './grafana/testing/sample-dashboards.ts';
import { importDashboard } from './import-dashboard.ts';

it('what this product gave is taken as it is', () => {
  const { content } = importDashboard(NEW_DASHBOARD);
  const at = '2026-11-26T12:00:00.000Z';
  const given = { ...content, id: 'x', version: 3, createdAt: at, updatedAt: at, updatedByName: null };
  const sent = Dashboard.parse(JSON.parse(JSON.stringify(given)));
  expect(importDashboard(sent)).toEqual({ content, notCarried: [] });
  expect(importDashboard({ dashboard: sent })).toEqual({ content, notCarried: [] });
  expect(() => importDashboard({ ...sent, refreshSeconds: 'often' })).toThrow();
});

it('Grafana’s is taken in the envelopes that Grafana puts it in', () => {
  const { content } = importDashboard(NEW_DASHBOARD);
  const resource = {
    apiVersion: 'dashboard.grafana.app/v1beta1',
    kind: 'Dashboard',
    metadata: {},
    spec: NEW_DASHBOARD,
  };
  expect(importDashboard({ dashboard: NEW_DASHBOARD, meta: {} }).content).toEqual(content);
  expect(importDashboard(resource).content).toEqual(content);
});

describe('what is no dashboard is refused with a reason', () => {
  it.each([
    {},
    { panels: 'none', schemaVersion: 39 },
    { dashboard: [] },
    { dashboard: { dashboard: { title: 'x' } } },
    { title: '   ' },
    { title: 7 },
    { apiVersion: 'dashboard.grafana.app/v2beta1', kind: 'Dashboard', spec: { elements: {}, layout: {}, title: 'x' } },
    { apiVersion: 'v1', kind: 'Dashboard' },
  ])('%j', (sent) => {
    expect(() => importDashboard(sent)).toThrow(
      expect.objectContaining({ code: 'invalid-request', detail: expect.any(String) }),
    );
  });
});

describe('whatever is sent becomes a dashboard or a refusal, never a failure', () => {
  const anyJson = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom('\0', '\ud800', '$source', '[[source]]', '__proto__', -1, 1e308, 2 ** 53, '-1', 'x'.repeat(60_000)),
  );

  /** Puts something else in the place of one member, wherever it is. */
  function mutated(value: unknown, path: readonly number[], other: unknown): unknown {
    const [at, ...rest] = path;
    if (at === undefined || typeof value !== 'object' || value === null) {
      return other;
    }
    const names = Object.keys(value);
    const name = names[at % Math.max(1, names.length)];
    const copy: Record<string, unknown> = Array.isArray(value)
      ? (Object.assign([], value) as unknown as Record<string, unknown>)
      : { ...value };
    if (name !== undefined) {
      copy[name] = mutated(copy[name], rest, other);
    }
    return copy;
  }

  it.each([
    ['these', NEW_DASHBOARD],
    ['old', OLD_DASHBOARD],
  ])('mutations of one of %s days', (_, dashboard) => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { minLength: 1, maxLength: 7 }), anyJson, (path, other) => {
        const sent = mutated(dashboard, path, other) as Record<string, unknown>;
        try {
          const { content } = importDashboard(sent);
          expect(DashboardContent.strict().parse(content)).toEqual(content);
          expect(JSON.stringify(content)).not.toMatch(/\\u0000|\\ud[89a-f]/);
        } catch (error) {
          expect(error).toBeInstanceOf(AegisError);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('depth and number', () => {
    let deep: unknown = { type: 'row' };
    for (let level = 0; level < 20_000; level += 1) {
      deep = { type: 'row', panels: [deep], libraryPanel: { model: deep } };
    }
    expect(importDashboard({ title: 'Deep', schemaVersion: 39, panels: [deep] }).content.panels).toHaveLength(2);
    const many = Array.from({ length: 3000 }, () => ({ type: 'graph', targets: Array(100).fill({ expr: 'x' }) }));
    const { content, notCarried } = importDashboard({ title: 'Many', schemaVersion: 39, panels: many });
    expect(content.panels).toHaveLength(500);
    expect(content.panels[0]?.queries).toHaveLength(26);
    expect(notCarried.map(({ what }) => what)).toContain('panels');
  });
});
