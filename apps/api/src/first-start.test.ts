import { parseOrgId } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { firstStartBox } from './first-start.ts';

const created = {
  created: true,
  orgId: parseOrgId('00000000-0000-7000-8000-000000000001'),
  adminEmail: 'a@example.com',
  adminPassword: 'made up',
  orgKey: 'key',
  orgSecret: 'given by someone',
  generated: new Set(['adminPassword'] as const),
} as const;

describe('what the first start prints', () => {
  it('has the secrets that were made up, and none that were given', () => {
    const box = firstStartBox('http://127.0.0.1:8080', { http: 4318, grpc: 4317 }, created);
    expect(box).toContain('made up');
    expect(box).not.toContain('given by someone');
  });

  it.each([
    [4318, 4317, 'http://127.0.0.1:4318 (HTTP), http://127.0.0.1:4317 (gRPC)'],
    [4318, null, 'http://127.0.0.1:4318 (HTTP)'],
    [null, 4317, 'http://127.0.0.1:8080 (HTTP), http://127.0.0.1:4317 (gRPC)'],
    [null, null, 'http://127.0.0.1:8080 (HTTP)'],
  ])('says where OTLP is taken when its ports are %s and %s', (http, grpc, places) => {
    const box = firstStartBox('http://127.0.0.1:8080', { http, grpc }, created);
    expect(/OTLP is taken at +(.*)/.exec(box)?.[1]).toBe(places);
    expect(box).toContain('http://127.0.0.1:8080/send-data\n');
  });
});
