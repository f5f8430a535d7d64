import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Chance } from '../chance.ts';
import { isMessage, type MoodMessage } from '../process/messages.ts';
import { runProcess } from '../process/run-process.ts';

// Stands for a company outside: nothing of it is instrumented, its callers alone know how it does.

const DECLINED_SHARE = 0.04;
const FAILING = { share: 0.6, slowMs: 1800 };

await runProcess(async ({ port, seed }) => {
  const chance = new Chance(seed);
  let mood: MoodMessage['mood'] = 'well';
  process.on('message', (message) => {
    if (isMessage(message, 'mood')) mood = message.mood;
  });
  const server = createServer(async (request, response) => {
    request.resume();
    const isFailing = mood === 'failing' && chance.below(FAILING.share);
    await delay(chance.around(isFailing ? FAILING.slowMs : 45));
    const [status, body] = isFailing
      ? [503, { message: 'upstream issuer timeout' }]
      : chance.below(DECLINED_SHARE)
        ? [402, { message: 'insufficient funds' }]
        : [201, { id: `ch_${chance.hex(12)}` }];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return async () => {
    server.close();
    server.closeAllConnections();
  };
});
