import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { sendProblem, toAegisError } from './problem.ts';

/** Turns whatever a controller throws into a problem document; only unforeseen errors reach the log as errors. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = toAegisError(thrown);
    logProblem(this.logger, reply.request.id, error, thrown);
    if (!reply.sent) {
      sendProblem(reply, error);
    }
  }
}

/** Logs what an operator should look at: our own faults as errors, the rest at debug. That we take no more for now is no fault, is counted, and under overload would be said thousands of times a second. */
export function logProblem(
  logger: Logger,
  requestId: string,
  error: ReturnType<typeof toAegisError>,
  thrown: unknown,
): void {
  const isRefusal = error.status === 503 && thrown === error && error.cause === undefined;
  if (error.status >= 500 && !isRefusal) {
    logger.error({ requestId, code: error.code, err: error.cause ?? thrown }, error.message);
  } else {
    logger.debug({ requestId, code: error.code }, error.message);
  }
}
