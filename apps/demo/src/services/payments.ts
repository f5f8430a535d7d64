import { metrics } from '@opentelemetry/api';
import { runProcess } from '../process/run-process.ts';
import { callService, ServiceError } from './call-service.ts';
import { createHttpService, listen } from './http-service.ts';

// Charges cards at a network that sends no telemetry; tries twice.

interface Charge {
  readonly orderId: number;
  readonly amountCents: number;
}

const charges = metrics.getMeter('shop.payments').createCounter('shop.charges', {
  description: 'Attempts at the card network.',
  unit: '{charge}',
});

const ATTEMPTS = 2;

await runProcess(async ({ port, urls }) => {
  const service = createHttpService();

  service.post<{ Body: Charge }>('/charges', async ({ body, log }, reply) => {
    for (let attempt = 1; ; attempt++) {
      try {
        const charge = await callService<{ id: string }>(urls, 'card-network', '/v2/charges', body);
        charges.add(1, { result: 'success' });
        log.info({ orderId: body.orderId, attempt }, `order ${body.orderId} is charged`);
        return await reply.code(201).send(charge);
      } catch (error) {
        const isDeclined = error instanceof ServiceError && error.statusCode === 402;
        charges.add(1, { result: isDeclined ? 'declined' : 'error' });
        if (isDeclined) {
          log.info({ orderId: body.orderId }, `the card for order ${body.orderId} was declined`);
          return reply.code(402).send({ message: 'the card was declined' });
        }
        if (attempt === ATTEMPTS) throw error;
        log.warn({ orderId: body.orderId, attempt, err: error }, 'the card network failed; trying again');
      }
    }
  });

  return listen(service, port, async () => undefined);
});
