import { ReferenceLogReader } from '@aegisguard/testkit';
import { unixNanos } from '@aegisguard/model';
import { evaluateMetricQuery, parseQuery } from '@aegisguard/logql';
import { parseScript } from './testing/parse-script.ts';
import { SCRIPT_EPOCH, storedLogs } from './testing/script-logs.ts';
import { SCRIPT_ORG } from './testing/check-evaluation.ts';
const [load] = parseScript(`load
  {app="a", pod="1"} "level=info msg=hello v=1 ip=10.0.0.1 empty=" @ 10s [repeat every 10s for 3]
  {app="a", pod="2"} \`{"level":"error","msg":"boom","v":5,"nested":{"k":"x"},"arr":[1,2]}\` @ 20s [repeat every 10s for 2]
  {app="a", pod="3"} \`{"_entry":"inner level=warn","app":"packed","zone":"z"}\` @ 30s
  {app="m"} "meta" @ 30s [metadata pod="9" app="clash" size="10KB"]
`);
const logs = storedLogs((load as never as { logs: never }).logs);
for (const q of process.argv.slice(2)) {
  try {
    const m = await evaluateMetricQuery(new ReferenceLogReader(new Map([[SCRIPT_ORG, logs]])), SCRIPT_ORG, parseQuery(q) as never, { start: unixNanos(SCRIPT_EPOCH + 60_000_000_000n), end: unixNanos(SCRIPT_EPOCH + 60_000_000_000n), step: 0n }, { signal: new AbortController().signal, timeoutMs: 6000 });
    console.log(q, '\n   ', m.series.map((s) => JSON.stringify(s.labels) + ' ' + s.points[0]![1]).join('\n    '));
  } catch (e) { console.log(q, '\n   !!', ((e as { detail?: string }).detail ?? (e as Error).message).split('\n')[0]); }
}
