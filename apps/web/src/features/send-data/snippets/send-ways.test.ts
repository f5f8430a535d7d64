import { describe, expect, it } from 'vitest';
import { OTEL_GRPC, OTEL_HTTP } from './opentelemetry.ts';
import { isLoopback, sendTarget } from './send-target.ts';
import { SEND_WAYS } from './send-ways.ts';
import { type SendWay, secretPlaceholder } from './snippet.ts';

const TARGET = sendTarget({ http: 'https://aegis.example/', otlpHttpPort: 4318, otlpGrpcPort: 4317 });
const CREDENTIALS = { key: 'key-1', secret: 'key-1.s3cret' };
const ways: readonly SendWay[] = SEND_WAYS;

const textOf = (id: string) =>
  ways
    .find((way) => way.id === id)
    ?.snippets(TARGET, CREDENTIALS)
    .map(({ text }) => text)
    .join('\n') ?? '';

describe('the target', () => {
  it('is split as configurations want it', () => {
    expect(TARGET).toEqual({
      http: 'https://aegis.example',
      host: 'aegis.example',
      port: 443,
      isTls: true,
      grpc: 'http://aegis.example:4317',
      otlpHttp: 'http://aegis.example:4318',
    });
    const local = sendTarget({ http: 'http://127.0.0.1:8080', otlpHttpPort: null, otlpGrpcPort: null });
    expect(local).toMatchObject({ host: '127.0.0.1', port: 8080, isTls: false, grpc: undefined });
  });

  it.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['[::1]', true],
    ['aegis.example', false],
    ['10.0.0.7', false],
  ])('%s: only this machine reaches it: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});

describe('ways to send data', () => {
  it('have ids of their own', () => {
    const ids = ways.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it.each(ways)('$id: names the endpoint, and the key by what it proves itself with', (way) => {
    const text = textOf(way.id);
    expect(text).toContain('aegis.example');
    expect(text).toContain(way.keyKind === 'browser' ? 'key=key-1' : 'key-1.s3cret');
    expect(way.scopes).toEqual(way.signals.map((signal) => `${signal}:write`));
  });

  it('a browser snippet has no secret', () => {
    expect(textOf('browser')).not.toContain('s3cret');
  });

  it('gRPC is not offered where its listener is off', () => {
    const target = sendTarget({ http: 'http://localhost:8080', otlpHttpPort: 4318, otlpGrpcPort: null });
    expect(ways.filter((way) => way.snippets(target, CREDENTIALS).length === 0).map(({ id }) => id)).toEqual([
      'otel-grpc',
    ]);
  });

  it.each(ways)('$id: what stands for a secret or a key can be found in the text', (way) => {
    const credentials = { key: '<key id>', secret: secretPlaceholder(way) };
    const text = way
      .snippets(TARGET, credentials)
      .map((snippet) => snippet.text)
      .join();
    expect(text).toContain(way.keyKind === 'browser' ? '<key id>' : secretPlaceholder(way));
    expect(text).not.toContain('%3C');
  });

  it('the environment of the SDKs is what the story of the exporters sets', () => {
    const target = sendTarget({ http: 'http://127.0.0.1:8080', otlpHttpPort: 4318, otlpGrpcPort: 4317 });
    const texts = [OTEL_HTTP, OTEL_GRPC].flatMap((way) => way.snippets(target, CREDENTIALS)).map(({ text }) => text);
    expect(texts).toEqual([
      [
        'export OTEL_SERVICE_NAME="my-service"',
        'export OTEL_EXPORTER_OTLP_PROTOCOL="http/protobuf"',
        'export OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:8080"',
        'export OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer%20key-1.s3cret"',
      ].join('\n'),
      [
        'export OTEL_SERVICE_NAME="my-service"',
        'export OTEL_EXPORTER_OTLP_PROTOCOL="grpc"',
        'export OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:4317"',
        'export OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer%20key-1.s3cret"',
      ].join('\n'),
    ]);
  });

  it('header values in the environment are percent-encoded, names lower-case', () => {
    expect(textOf('otel-http')).toContain('OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer%20key-1.s3cret"');
  });
});
