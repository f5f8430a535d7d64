import { ConfigError } from '@aegisguard/config';

/** Whether a listener could not be had, however the library says it. */
export function isListenError(error: unknown): error is Error {
  return error instanceof Error && (('syscall' in error && error.syscall === 'listen') || isTaken(error));
}

/** Why, as a sentence about the variable that chose the port. */
export function listenProblem(variable: string, host: string, port: number, error: Error): string {
  const reason = isTaken(error) ? 'another program listens there' : error.message;
  return `${variable}, AEGIS_HOST: cannot listen on port ${port} of ${host}: ${reason}`;
}

/** The same as what ends a start. */
export function listenFailure(variable: string, host: string, port: number, error: Error): ConfigError {
  return new ConfigError([listenProblem(variable, host, port, error)]);
}

/** grpc-js has no code on its error, only the text of the one that it met. */
function isTaken(error: Error): boolean {
  return ('code' in error && error.code === 'EADDRINUSE') || error.message.includes('EADDRINUSE');
}
