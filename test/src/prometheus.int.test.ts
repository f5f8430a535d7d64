import {
  createApiKey,
  type JoinedServer,
  joinServer,
  signIn,
  startPrometheus,
  type TestPrometheus,
  whyNoPrometheus,
} from '@aegisguard/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// A real Prometheus that scrapes itself and writes here: what it stores, and what we give back, is the same.

const missing = whyNoPrometheus();

describe.skipIf(missing !== undefined)(
  `Prometheus's remote_write${missing === undefined ? '' : `: ${missing}`}`,
  () => {
    let server: JoinedServer;
    let prometheus: TestPrometheus;
    let api: Awaited<ReturnType<typeof signIn>>;

    beforeAll(async () => {
      server = await joinServer();
      api = await signIn(server.url, server.adminEmail, server.adminPassword);
      const { secret } = await createApiKey(server, 'token', { name: 'prometheus', scopes: ['metrics:write'] });
      prometheus = await startPrometheus((self) => ({
        global: { scrape_interval: '1s', external_labels: { cluster: 'test' } },
        scrape_configs: [{ job_name: 'self', static_configs: [{ targets: [self] }] }],
        remote_write: [
          {
            url: `${server.url}/api/v1/write`,
            authorization: { credentials: secret },
            queue_config: { batch_send_deadline: '1s' },
            metadata_config: { send_interval: '1s' },
          },
        ],
      }));
    });

    afterAll(async () => {
      await prometheus.stop();
      await server.leave();
    });

    type Matrix = { data: { result: { metric: Record<string, string>; values: [number, string][] }[] } };

    async function ours(query: string, start: number, end: number): Promise<Matrix> {
      const answer = await api.post('/query/metrics', { query, start, end, step: 1 });
      expect(answer.status, await answer.clone().text()).toBe(200);
      return (await answer.json()) as Matrix;
    }

    async function theirs(query: string, start: number, end: number): Promise<Matrix> {
      const url = `${prometheus.url}/api/v1/query_range?${new URLSearchParams({ query, start: String(start), end: String(end), step: '1' })}`;
      return (await (await fetch(url)).json()) as Matrix;
    }

    it('delivers every series and every sample', async () => {
      const query = '{job="self"}';
      const now = () => Math.floor(Date.now() / 1000);
      const isUp = async () => (await ours('up{job="self"}', now() - 2, now())).data.result.length > 0;
      // Nothing is sent until Prometheus has read its log, some seconds after its start; what it scraped before then it keeps to itself.
      await expect.poll(isUp, { interval: 500 }).toBe(true);
      const began = now() + 1;
      const key = (metric: Record<string, string>) => JSON.stringify(Object.entries(metric).sort());
      const differences = async (): Promise<unknown> => {
        const [a, b] = [await ours(query, began, began + 4), await theirs(query, began, began + 4)];
        const own = new Map(a.data.result.map(({ metric, values }) => [key(metric), values]));
        return {
          isOver: now() > began + 5,
          series: b.data.result.length > 100,
          more: own.size - b.data.result.length,
          different: b.data.result.filter(
            ({ metric, values }) =>
              JSON.stringify(own.get(key({ ...metric, cluster: 'test' }))) !== JSON.stringify(values),
          ),
        };
      };
      await expect
        .poll(differences, { interval: 1000 })
        .toEqual({ isOver: true, series: true, more: 0, different: [] });
    });

    it('keeps what it knows of the metrics, and refuses nothing', async () => {
      const outcomes = async () => {
        const answer = await api.get('/ingest/counts');
        const { rows } = (await answer.json()) as { rows: { protocol: string; outcome: string; records: number[] }[] };
        return rows.filter(({ protocol }) => protocol === 'remote-write').map(({ outcome }) => outcome);
      };
      await expect.poll(outcomes).toEqual(['accepted']);
    });
  },
);
