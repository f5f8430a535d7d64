export { restartDelayMs } from './restart-delay.ts';
export { listenForStop, type StopReason, type StopSource } from './stop-request.ts';
