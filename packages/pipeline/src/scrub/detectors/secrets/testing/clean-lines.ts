import { seededRandom } from './pattern-sampler.ts';

const HEX = '0123456789abcdef';
const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const POD = 'bcdfghjklmnpqrstvwxz2456789';

/** Lines of clean telemetry, full of what looks like secrets and is none: ids, hashes, digests, blobs, paths. The same for the same seed. */
export function cleanLines(seed: number, count: number): string[] {
  const random = seededRandom(seed);
  const int = (max: number): number => Math.floor(random() * max);
  const run = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[int(alphabet.length)] ?? '').join('');
  const hex = (length: number): string => run(HEX, length);
  const uuid = (): string => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  const base64 = (bytes: number): string =>
    Buffer.from(Array.from({ length: bytes }, () => int(256))).toString('base64');
  const pick = <T>(items: readonly T[]): T => items[int(items.length)] as T;
  const pod = (): string =>
    `${pick(['checkout', 'kube-api-access', 'auth-service', 'token-service'])}-${run(POD, 10)}-${run(POD, 5)}`;
  const time = (): string => `2026-0${1 + int(9)}-1${int(10)}T0${int(10)}:1${int(10)}:2${int(10)}.${int(1e6)}Z`;
  const version = (): string => `${int(20)}.${int(40)}.${int(99)}-rc.${int(9)}+build.${int(9999)}`;
  const templates: readonly (() => string)[] = [
    () => `time=${time()} level=info msg="request done" trace_id=${hex(32)} span_id=${hex(16)} took=${int(900)}ms`,
    () => `{"ts":"${time()}","traceId":"${hex(32)}","request_id":"${uuid()}","user_id":${int(1e9)},"ok":true}`,
    () => `commit ${hex(40)} merged into main, tree ${hex(40)}, parent=${hex(40)}`,
    () => `pulled registry.example.com/team/auth@sha256:${hex(64)} (digest: sha256:${hex(64)})`,
    () => `cache miss key=user:${int(1e6)}:${uuid()} partition_key=${hex(32)} cache_key=${hex(40)}`,
    () => `primary_key=${int(1e9)} key_count=${int(99)} tokens=${int(4096)} max_tokens: 100 token_type=bearer`,
    () => `auth_method=oidc secretName: db-tls password_reset=true passed=${int(99)} author=jane auth=ok`,
    () => `usage: {"input_tokens": ${int(9000)}, "output_tokens": ${int(900)}, "total_tokens": ${int(9999)}}`,
    () => `pod ${pod()} scheduled on ip-10-0-${int(255)}-${int(255)}.ec2.internal volume=pvc-${uuid()}`,
    () =>
      `etag: "${hex(32)}" if-none-match=W/"${hex(27)}" cf-ray=${hex(16)}-FRA x-amz-request-id: ${run(ALPHANUMERIC.toUpperCase(), 16)}`,
    () => `payload=${base64(60)} body: ${base64(45)} checksum=${base64(32)} md5=${hex(32)}`,
    () => `X-Amzn-Trace-Id: Root=1-${hex(8)}-${hex(24)};Parent=${hex(16)};Sampled=1`,
    () => `traceparent: 00-${hex(32)}-${hex(16)}-01 b3=${hex(32)}-${hex(16)}-1`,
    () =>
      `    at Object.authenticate (/srv/app/node_modules/passport-${version()}/lib/token/auth.js:${int(900)}:${int(80)})`,
    () =>
      `java.lang.IllegalStateException: token expired\\n\\tat com.acme.auth.TokenFilter.doFilter(TokenFilter.java:${int(900)})`,
    () => `SELECT id, token, password FROM users WHERE key = $1 AND secret_id = ${int(1e6)} -- ${int(99)} rows`,
    () =>
      `GET /api/v2/keys/${uuid()}/tokens?page=${int(9)}&sort_key=created&next_token_type=opaque HTTP/1.1 200 ${int(1e5)}`,
    () => `"Mozilla/5.0 (X11; Linux x86_64; rv:${int(99)}.0) Gecko/20100101 Firefox/${int(99)}.0" rt=0.${int(999)}`,
    () => `build #${int(1e6)} version=${version()} image=api:${hex(7)} sha=${hex(40)}`,
    () =>
      `Accepted publickey for deploy from 10.0.0.${int(255)} port ${int(65535)} ssh2: RSA SHA256:${base64(32).replace(/=+$/, '')}`,
    () => `Failed password for invalid user admin from 203.0.113.${int(255)} port ${int(65535)} ssh2`,
    () => `Unexpected token: } in JSON at position ${int(999)}; password: required; token: invalid; secret=null`,
    () => `password must be at least 12 characters: password=*** token=[REDACTED:secret] api_key=<hidden>`,
    () => `kafka: topic=auth-events partition=${int(99)} offset=${int(1e9)} messaging.kafka.message.key=${uuid()}`,
    () => `s3://bucket-${hex(8)}/data/key=${int(99)}/part-${run(HEX, 5)}-${uuid()}-c000.snappy.parquet`,
    () => `idempotency_key=${uuid()} nextPageToken=${base64(24)} continuation_token: ${base64(30)}`,
    () =>
      `postgres://db.internal:5432/orders?sslmode=require user@host:${int(65535)} https://x.io/@scope/pkg@${version()}`,
    () => `git clone git@github.com:acme/${pod()}.git ssh://git@host.example:22/x`,
    () => `heroku[router]: at=info method=GET path="/" request_id=${uuid()} fwd="203.0.113.9" dyno=web.1 status=200`,
    () =>
      `sentry event_id=${hex(32)} new relic trace.id=${hex(32)} datadog.trace_id=${int(1e9)} github sha: ${hex(40)}`,
    () => `session.id=${uuid()} session_id: ${hex(32)} device_id=${hex(16)} visitor-id=${run(ALPHANUMERIC, 20)}`,
    () => `Credentials: not found, authorization: denied, cookie: missing; Authorization header is required`,
    () => `loaded 3 keys: /etc/ssl/private/server.key: permission denied; PWD=/srv/app OLDPWD=/root`,
    () => `resource "aws_kms_key": arn:aws:kms:eu-central-1:${int(1e9)}:key/${uuid()} key_id=${uuid()}`,
    () => `{"kind":"Secret","name":"db-tls","secretRef":"db-tls","resourceVersion":"${int(1e9)}","uid":"${uuid()}"}`,
    () =>
      `static/js/main.${hex(8)}.chunk.js, app-${hex(20)}.css, favicon.ico?v=${hex(10)} integrity=sha384-${base64(48)}`,
    () => `rum view /#/account/password page_view_token_count=${int(9)} auth.duration=${int(900)} api.status=ok`,
  ];
  return Array.from({ length: count }, (_, i) => templates[i % templates.length]?.() ?? '');
}
