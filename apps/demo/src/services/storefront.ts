import { trace } from '@opentelemetry/api';
import { runProcess } from '../process/run-process.ts';
import { callService, ServiceError } from './call-service.ts';
import { passwordOf } from './customers.ts';
import { createHttpService, listen } from './http-service.ts';
import type { CartItem, Product, ProductDetails } from './products.ts';
import { FailedLogins } from './security-events.ts';

// What browsers talk to. Every answer names its trace, so that the page's own telemetry can point to it.

interface Login {
  readonly account: string;
  readonly password: string;
}

interface Checkout {
  readonly items: readonly CartItem[];
  readonly email: string;
  readonly coupon?: string;
}

await runProcess(async ({ port, urls, events }) => {
  const service = createHttpService();
  const logins = events === null ? undefined : new FailedLogins(events);
  service.addHook('onRequest', async (_request, reply) => {
    const span = trace.getActiveSpan()?.spanContext();
    // https://www.w3.org/TR/server-timing/
    if (span) reply.header('server-timing', `traceparent;desc="00-${span.traceId}-${span.spanId}-01"`);
  });

  service.get<{ Querystring: Record<string, string> }>('/api/products', ({ query }) =>
    callService<Product[]>(
      urls,
      'catalog',
      `/products${Object.keys(query).length === 0 ? '' : `?${new URLSearchParams(query)}`}`,
    ),
  );

  service.get<{ Params: { id: string } }>('/api/products/:id', ({ params }) =>
    callService<ProductDetails>(urls, 'catalog', `/products/${encodeURIComponent(params.id)}`),
  );

  service.post<{ Body: Checkout }>('/api/checkout', async ({ body, log }, reply) => {
    trace.getActiveSpan()?.setAttribute('shop.cart.items', body.items.length);
    try {
      const order = await callService<{ id: number }>(urls, 'orders', '/orders', body);
      log.info({ orderId: order.id, items: body.items.length }, `checkout of order ${order.id} is complete`);
      return await reply.code(201).send(order);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.statusCode >= 500) throw error;
      log.warn({ reason: error.message }, 'checkout was refused');
      return reply.code(error.statusCode).send({ message: error.message });
    }
  });

  service.post<{ Body: Login }>('/api/login', async ({ body, headers, log }, reply) => {
    const { account, password } = body;
    if (password === passwordOf(account)) {
      logins?.succeeded(account);
      return { account };
    }
    log.warn({ account }, `wrong password for ${account}`);
    logins?.failed(account, String(headers['x-forwarded-for'] ?? ''));
    return reply.code(401).send({ message: 'wrong account or password' });
  });

  return listen(service, port, async () => logins?.close());
});
