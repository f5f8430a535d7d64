/** The consumer group of the normalizer workers; the gateway reads its depth for back-pressure. */
export const WORKER_GROUP = 'normalizer';
