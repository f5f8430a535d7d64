import {
  createApiKey,
  type OrganizationAccess,
  type RemoteSeries,
  remoteWrite,
  startPrometheus,
} from '@aegisguard/testkit';
import type { ApiAnswer } from './compare-answers.ts';

/** What is asked of Prometheus's API, by the names of its parameters. */
export type ApiQuestion = Readonly<Record<string, string | number>>;

/** Our server and a Prometheus of its own, each with the same series. */
export interface TwoServers {
  ours(endpoint: string, question: ApiQuestion): Promise<ApiAnswer>;
  theirs(endpoint: string, question: ApiQuestion): Promise<ApiAnswer>;
  stop(): Promise<void>;
}

/** Samples of all series in so much time are written at once: Prometheus takes nothing that is an hour older than the newest it has. */
const SLICE_MS = 10 * 60_000;
const READABLE_MS = 60_000;

/** Starts a Prometheus, writes the series to both, and waits until ours can be read. */
export async function startTwoServers(
  server: OrganizationAccess,
  series: readonly RemoteSeries[],
): Promise<TwoServers> {
  const prometheus = await startPrometheus(() => ({}));
  const stop = () => prometheus.stop();
  try {
    const writer = await createApiKey(server, 'token', { scopes: ['metrics:write'] });
    const reader = await createApiKey(server, 'query');
    for (const slice of slices(series)) {
      await Promise.all([server.url, prometheus.url].map((url) => remoteWrite(url, writer.secret, slice)));
    }
    const servers = {
      ours: (endpoint: string, question: ApiQuestion) =>
        ask(`${server.url}/prometheus/api/v1/${endpoint}`, question, { authorization: `Bearer ${reader.secret}` }),
      theirs: (endpoint: string, question: ApiQuestion) => ask(`${prometheus.url}/api/v1/${endpoint}`, question, {}),
      stop,
    };
    await untilReadable(servers, series);
    return servers;
  } catch (error) {
    await stop();
    throw error;
  }
}

function slices(series: readonly RemoteSeries[]): RemoteSeries[][] {
  const times = series.flatMap(({ samples }) => [samples[0]?.[0] ?? 0, samples.at(-1)?.[0] ?? 0]);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const starts = Array.from({ length: Math.ceil((last - first + 1) / SLICE_MS) }, (_, n) => first + n * SLICE_MS);
  return starts.map((startMs) =>
    series.flatMap(({ labels, samples }) => {
      const inside = samples.filter(([timeMs]) => timeMs >= startMs && timeMs < startMs + SLICE_MS);
      return inside.length === 0 ? [] : [{ labels, samples: inside }];
    }),
  );
}

async function ask(url: string, question: ApiQuestion, headers: Record<string, string>): Promise<ApiAnswer> {
  const texts = Object.entries(question).map(([name, value]) => [name, String(value)]);
  const body = new URLSearchParams(Object.fromEntries(texts));
  const answer = await fetch(url, { method: 'POST', headers, body });
  return (await answer.json()) as ApiAnswer;
}

/** Ours stores what it has taken a moment later; a series is whole when its samples can be counted. */
async function untilReadable({ ours }: Pick<TwoServers, 'ours'>, series: readonly RemoteSeries[]): Promise<void> {
  const written = series.flatMap(({ samples }) => samples).filter(([, value]) => value !== 'stale');
  const lastMs = written.reduce((last, [timeMs]) => Math.max(last, timeMs), 0);
  const question = { query: 'sum(count_over_time({__name__=~".+"}[1d]))', time: lastMs / 1000 + 1 };
  const endMs = Date.now() + READABLE_MS;
  let found: string | undefined;
  while (Date.now() < endMs) {
    const { data } = await ours('query', question);
    found = (data?.result as { value: [number, string] }[] | undefined)?.[0]?.value[1];
    if (found === String(written.length)) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`of ${written.length} samples ${found ?? 'none'} could be read`);
}
