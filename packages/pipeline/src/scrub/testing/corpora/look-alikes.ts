import { Random } from '@aegisguard/testkit';
import { type LabelledText, lookAlike } from './labelled-text.ts';
import { digits, run } from './value-generators.ts';

const ROUNDS = 250;
const SERVICES = ['checkout', 'billing', 'search', 'gateway', 'inventory'] as const;
const PRIVATE = ['10.0.3.17', '192.168.100.123', '172.16.5.4', '127.0.0.1', 'fd00::1:2', '::1'] as const;
const REPLICA_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** What telemetry is full of, written by us after what services, servers and databases write. */
const MAKERS: readonly ((random: Random) => string)[] = [
  (random) => uuid(random),
  (random) => `request ${uuid(random)} finished`,
  (random) => `commit ${random.hex(40)} by ci`,
  (random) => `image registry.local/app@sha256:${random.hex(64)}`,
  (random) => `traceparent: 00-${random.hex(32)}-${random.hex(16)}-01`,
  (random) => `{"trace_id":"${random.hex(32)}","span_id":"${random.hex(16)}"}`,
  (random) => `ts=${1_700_000_000 + random.below(99_999_999)} ok`,
  (random) => `at ${1_700_000_000_000 + random.below(999_999_999)} ms`,
  (random) => `nanos ${1_700_000_000 + random.below(99_999_999)}${digits(random, 9)}`,
  (random) => `${date(random)} ${time(random)}.${digits(random, 3)} INFO started`,
  (random) => `${date(random)}T${time(random)}.${digits(random, 6)}+0100 done`,
  (random) => `${date(random).replaceAll('-', '.')} ${time(random)} rotated`,
  (random) => `26/11/2026 ${time(random)} and 11-26-2026 ${time(random)}`,
  (random) => `connect ${random.pick(PRIVATE)} port ${1024 + random.below(60_000)}`,
  (random) => `10.${random.below(256)}.${random.below(256)}.${random.below(256)}:${1024 + random.below(60_000)} up`,
  (random) =>
    `v${random.below(20)}.${random.below(40)}.${random.below(99)}-rc.${random.below(9)}+build.${digits(random, 4)}`,
  (random) => `Chrome/${100 + random.below(40)}.0.${digits(random, 4)}.${digits(random, 3)} Safari/537.36`,
  (random) => `ratio=0.${digits(random, 12)} delta=-${random.below(90)}.${digits(random, 7)}`,
  (random) => `position ${random.below(90)}.${digits(random, 6)}, ${random.below(180)}.${digits(random, 6)}`,
  (random) => `sent ${digits(random, 9)} bytes, received ${digits(random, 7)} bytes in ${digits(random, 5)} us`,
  (random) => `order ${digits(random, 10)} build ${digits(random, 8)} ticket #${digits(random, 7)}`,
  (random) => `order 100-${digits(random, 4)}-${digits(random, 4)} packed`,
  (random) => `blob ${Buffer.from(run(random, 45)).toString('base64')}`,
  (random) => `range ${random.below(5000)}-${5000 + random.below(5000)} of ${digits(random, 6)}`,
  (random) => `port ${1024 + random.below(60_000)} -> ${1024 + random.below(60_000)}`,
  (random) =>
    `pod ${random.pick(SERVICES)}-${run(random, 10, REPLICA_LETTERS)}-${run(random, 5, REPLICA_LETTERS)} evicted`,
  (random) =>
    `statefulset ${random.pick(SERVICES)}-${random.below(30)} revision ${random.pick(SERVICES)}-${digits(random, 10)}`,
  (random) =>
    `10.1.2.3 - - [26/Nov/2026:${time(random)} +0000] "GET /assets/app.${random.hex(8)}.js HTTP/1.1" ${random.pick([200, 304, 404])} ${digits(random, 5)} "-" "curl/8.5.0"`,
  (random) =>
    `10.1.2.3 [26/Nov/2026:${time(random)} +0000] "POST /api/v1/orders HTTP/2.0" 201 ${digits(random, 3)} 0.${digits(random, 3)} 0.${digits(random, 3)}`,
  (random) =>
    `<134>Nov 26 ${time(random)} lb-${random.below(9)} haproxy[${digits(random, 5)}]: ${random.below(99)}/0/1/${digits(random, 3)}/${digits(random, 4)} 200 ${digits(random, 4)}`,
  (random) =>
    `{"level":30,"time":${1_700_000_000_000 + random.below(999_999)},"pid":${digits(random, 5)},"hostname":"web-${random.below(9)}","msg":"request completed","responseTime":${digits(random, 4)}}`,
  (random) => `    at Object.<anonymous> (/srv/app/dist/server.js:${random.below(9000)}:${random.below(200)})`,
  (random) =>
    `\tat com.example.${random.pick(SERVICES)}.Handler.run(Handler.java:${random.below(2000)}) ~[app-1.${random.below(20)}.0.jar:na]`,
  (random) =>
    `SELECT * FROM events WHERE id IN (${digits(random, 8)}, ${digits(random, 8)}) AND ts > ${1_700_000_000 + random.below(9999)}`,
  (random) =>
    `INSERT INTO t VALUES (${random.below(999)}, '${date(random)} ${time(random)}', ${digits(random, 4)}.${digits(random, 2)})`,
  (random) =>
    `goroutine ${random.below(9000)} [running]: main.main() /src/main.go:${random.below(500)} +0x${random.hex(3)}`,
  (random) => `mem: ${digits(random, 8)} ${digits(random, 8)} ${digits(random, 7)} swap 0 0 0`,
  (random) => `cpu ${digits(random, 7)} ${digits(random, 4)} ${digits(random, 6)} ${digits(random, 8)} 0`,
  (random) => `bytes 12 34 56 78 90 ${random.below(90) + 10}`,
  (random) =>
    `total 1 ${digits(random, 3)} ${digits(random, 3)} rows, 12,${digits(random, 3)},${digits(random, 3)} keys`,
  (random) => `isbn 978-3-16-${digits(random, 6)}-0 sku ${run(random, 3).toUpperCase()}-${digits(random, 6)}`,
  (random) => `eth0 mac 02:42:ac:11:00:0${random.below(9)} mtu 1500`,
  (random) => `session=${random.hex(24)} etag="${random.hex(32)}"`,
  (random) => `s3://bucket/year=2026/month=11/part-${digits(random, 5)}-${uuid(random)}.parquet`,
  (random) =>
    `kafka topic orders-${random.below(9)} partition ${random.below(60)} offset ${digits(random, 9)} lag ${random.below(9999)}`,
  (random) => `@media rule and decorators like @Injectable, user@ alone, @ ${time(random)}`,
  (random) => `git@ and npm packages: @example/core@${random.below(9)}.${random.below(9)}.${random.below(9)}`,
  (random) => `-rw-r--r-- 1 root root 0644 ${digits(random, 8)} ${date(random)} app.log`,
  (random) =>
    `password policy updated, secret rotation finished in ${random.below(900)} ms, token bucket has ${random.below(99)} left`,
  (random) => `call took ${digits(random, 8)} ns, phone service up ${digits(random, 7)} s`,
  (random) => `ulid 01${run(random, 24, '0123456789ABCDEFGHJKMNPQRSTVWXYZ')}`,
];

/** Fields whose values are nothing but a number or an id. */
const FIELD_MAKERS: readonly (readonly [string, (random: Random) => string])[] = [
  ['http.response.body.size', (random) => digits(random, 7)],
  ['order.id', (random) => digits(random, 10)],
  ['duration_ns', (random) => digits(random, 11)],
  ['build', (random) => `2026${digits(random, 4)}.${digits(random, 3)}`],
  ['k8s.pod.uid', (random) => uuid(random)],
  ['service.version', (random) => `${random.below(9)}.${random.below(99)}.${random.below(999)}`],
  ['timestamp', (random) => String(1_700_000_000_000 + random.below(999_999_999))],
  ['server.address', (random) => random.pick(PRIVATE)],
  ['call_id', (random) => digits(random, 12)],
  ['phone_id', (random) => digits(random, 9)],
];

function uuid(random: Random): string {
  return [8, 4, 4, 4, 12].map((length) => random.hex(length)).join('-');
}

function date(random: Random): string {
  return `2026-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
}

function time(random: Random): string {
  return [random.below(24), random.below(60), random.below(60)].map(two).join(':');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** Texts in which there is nothing to find under the default policy, the same ones at every call. */
export function lookAlikes(): readonly LabelledText[] {
  const random = new Random(20_261_126);
  return Array.from({ length: ROUNDS }, () => [
    ...MAKERS.map((make) => lookAlike(make(random))),
    ...FIELD_MAKERS.map(([field, make]) => lookAlike(make(random), field)),
  ]).flat();
}
