import { describeTails } from '../conformance/tail-conformance.ts';
import { openMemoryTails } from './memory.ts';

describeTails('memory', async () => {
  const tails = openMemoryTails();
  return { query: tails, worker: tails };
});
