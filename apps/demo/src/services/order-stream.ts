import { context, type Link, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { RedisConnection } from './redis-connection.ts';

// Orders that were placed, as a Redis stream. Instrumentations know Redis as a database only, so the two ends carry the trace themselves, as the conventions for messaging say.

const STREAM = 'orders.placed';
const GROUP = 'mailer';
const STREAM_LENGTH_MAX = 1000;
/** How long a reader waits for the next message before it asks again, in ms. */
const BLOCK_MS = 2000;

const tracer = trace.getTracer('shop.order-stream');
const ATTRIBUTES = { 'messaging.system': 'redis', 'messaging.destination.name': STREAM };

/** What a message says. */
export interface PlacedOrder {
  readonly orderId: string;
  readonly email: string;
  readonly totalCents: string;
}

/** Puts an order into the stream, with the trace that it belongs to. */
export function publishOrder(redis: RedisConnection, order: PlacedOrder): Promise<void> {
  const attributes = { ...ATTRIBUTES, 'messaging.operation.type': 'send', 'messaging.operation.name': 'publish' };
  return tracer.startActiveSpan(`publish ${STREAM}`, { kind: SpanKind.PRODUCER, attributes }, async (span) => {
    const carrier: Record<string, string> = {};
    propagation.inject(context.active(), carrier);
    const trim = { strategy: 'MAXLEN', strategyModifier: '~', threshold: STREAM_LENGTH_MAX } as const;
    try {
      const id = await redis.xAdd(STREAM, '*', { ...order, ...carrier }, { TRIM: trim });
      span.setAttribute('messaging.message.id', id);
    } finally {
      span.end();
    }
  });
}

/** From now on what is published waits for `consumeOrders`. */
export async function awaitOrders(redis: RedisConnection): Promise<void> {
  await redis.xGroupCreate(STREAM, GROUP, '$', { MKSTREAM: true }).catch((error: Error) => {
    if (!error.message.includes('BUSYGROUP')) throw error;
  });
}

/** Hands on one order after the other until `signal` ends it. A message whose handling fails is not tried again: the next ones count more. */
export async function consumeOrders(
  redis: RedisConnection,
  handle: (order: PlacedOrder) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const streams = await redis.xReadGroup(GROUP, 'mailer-1', { key: STREAM, id: '>' }, { BLOCK: BLOCK_MS, COUNT: 1 });
    for (const { id, message } of messagesOf(streams)) {
      await handleMessage(message, id, handle);
      await redis.xAck(STREAM, GROUP, id);
    }
  }
}

interface Message {
  readonly id: string;
  readonly message: Readonly<Record<string, string>>;
}

/** The client's types leave open what the server answers. */
function messagesOf(streams: unknown): readonly Message[] {
  if (!Array.isArray(streams)) return [];
  return (streams as readonly { readonly messages: readonly Message[] }[]).flatMap(({ messages }) => messages);
}

function handleMessage(
  message: Message['message'],
  id: string,
  handle: (order: PlacedOrder) => Promise<void>,
): Promise<void> {
  const parent = propagation.extract(ROOT_CONTEXT, message);
  const sender = trace.getSpanContext(parent);
  const links: Link[] = sender === undefined ? [] : [{ context: sender }];
  const attributes = {
    ...ATTRIBUTES,
    'messaging.operation.type': 'process',
    'messaging.operation.name': 'process',
    'messaging.message.id': id,
    'messaging.consumer.group.name': GROUP,
  };
  const options = { kind: SpanKind.CONSUMER, attributes, links };
  return tracer.startActiveSpan(`process ${STREAM}`, options, parent, async (span) => {
    const { orderId = '', email = '', totalCents = '0' } = message;
    try {
      await handle({ orderId, email, totalCents });
    } catch (error) {
      span.recordException(error instanceof Error ? error : String(error));
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
    } finally {
      span.end();
    }
  });
}
