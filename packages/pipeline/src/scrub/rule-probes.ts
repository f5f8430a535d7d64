const PROBE_LENGTH = 32 * 1024;

function repeated(text: string): string {
  return text.repeat(Math.ceil(PROBE_LENGTH / text.length)).slice(0, PROBE_LENGTH);
}

const LOG_LINE =
  '2026-05-01T10:00:00.123Z INFO [http-7] GET /api/v1/orders/8812734?limit=20 status=200 took 12.3 ms user=4711 trace=0af7651916cd43dd8448eb211c80319c\n';
const JSON_LINE = '{"level":"warn","msg":"retry","attempt":3,"host":"web-1.example","tags":["a","b"],"ratio":0.25} ';
const WORDS = 'Patient ID: x123, EMP-123456 and AB123456789 were seen by Dr. Ünal on 01/02/2026. ';

/** Texts that rules are tried on before they are let in: what telemetry looks like, and what slow patterns are slow on. Together 192 Ki UTF-16 units. */
export const RULE_PROBES: readonly string[] = ['', ...[LOG_LINE, JSON_LINE, WORDS, 'a', '0', 'a1-_ .'].map(repeated)];
