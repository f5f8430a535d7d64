// https://opentelemetry.io/docs/specs/otlp/#otlpgrpc
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isIPv6 } from 'node:net';
import type { AegisError } from '@aegisguard/model';
import {
  Metadata,
  type MethodDefinition,
  Server,
  ServerCredentials,
  ServerInterceptingCall,
  type ServerInterceptingCallInterface,
  type ServerInterceptor,
  type ServerUnaryCall,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { parseContentType } from './content-type.ts';
import { GrpcCall } from './grpc-call.ts';
import type { IngestGateway, IngestResult } from './ingest-gateway.ts';
import type { IngestRequest } from './ingest-request.ts';
import type { IngestRoute } from './ingest-route.ts';
import { OTLP_GRPC_ROUTES } from './otlp-routes.ts';
import { statusMessage, statusOf } from './otlp-style.ts';
import { rpcCodeOf } from './rpc-code.ts';

/** Calls under way on one connection. */
const STREAMS_MAX = 100;
/** A peer that does not answer a ping is gone, and with it what its calls hold. */
const KEEPALIVE_MS = 120_000;
const KEEPALIVE_TIMEOUT_MS = 20_000;

/** A listener for OTLP over gRPC. */
export interface OtlpGrpc {
  readonly port: number;
  /** Takes no more calls, and ends those that are still under way after a while. */
  close(graceMs: number): Promise<void>;
}

type UnaryCall = ServerUnaryCall<Buffer, Buffer>;

/** What a call that was let in waits with, by its metadata: the only thing that the library hands from the interceptor to the handler. */
interface Handed {
  readonly call: UnaryCall;
  readonly answer: sendUnaryData<Buffer>;
}

/** Listens; rejects when it cannot. */
export async function listenOtlpGrpc(gateway: IngestGateway, host: string, port: number): Promise<OtlpGrpc> {
  const waiting = new WeakMap<Metadata, (handed: Handed) => void>();
  const server = new Server({
    interceptors: [interceptorOf(gateway, waiting)],
    'grpc.max_concurrent_streams': STREAMS_MAX,
    'grpc.keepalive_time_ms': KEEPALIVE_MS,
    'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
    // The gateway bounds messages itself, before and after they are unpacked.
    'grpc.max_receive_message_length': -1,
    'grpc.enable_channelz': 0,
  });
  for (const route of OTLP_GRPC_ROUTES) {
    server.addService(
      { Export: exportMethod(route.path) },
      { Export: (call: UnaryCall, answer: sendUnaryData<Buffer>) => waiting.get(call.metadata)?.({ call, answer }) },
    );
  }
  const address = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, boundPort) => {
      if (error === null) {
        resolve(boundPort);
      } else {
        reject(error);
      }
    });
  });
  return { port: bound, close: (graceMs) => closeServer(server, graceMs) };
}

function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = setTimeout(() => server.forceShutdown(), graceMs);
    server.tryShutdown(() => {
      clearTimeout(end);
      resolve();
    });
  });
}

/** Messages stay bytes: the gateway queues them as they came. */
function exportMethod(path: string): MethodDefinition<Buffer, Buffer> {
  const same = (bytes: Buffer) => bytes;
  return {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  };
}

/** Takes each call to the gateway as soon as its metadata is there, so that limits and the token are looked at before a byte of the message is read. */
function interceptorOf(
  gateway: IngestGateway,
  waiting: WeakMap<Metadata, (handed: Handed) => void>,
): ServerInterceptor {
  const routes = new Map(OTLP_GRPC_ROUTES.map((route) => [route.path, route]));
  return (method, call) => {
    const route = routes.get(method.path);
    const incoming = new GrpcCall(call);
    const start = (metadata: Metadata, letIn: (metadata: Metadata) => void) => {
      let handed: Handed | undefined;
      waiting.set(metadata, (given) => {
        handed = given;
        incoming.deliver(given.call.request);
      });
      const request = requestOf(call, incoming, metadata, () => letIn(metadata));
      void gateway.handle(route as IngestRoute, request).then(
        (result) => respond(result, call, handed),
        // What even the protocol's own words could not be found for.
        () => call.sendStatus({ code: status.INTERNAL, details: 'Internal error' }),
      );
    };
    return new ServerInterceptingCall(call, {
      start: (next) => next({ onReceiveMetadata: start, onCancel: () => incoming.cancel() }),
    });
  };
}

function requestOf(
  call: ServerInterceptingCallInterface,
  incoming: GrpcCall,
  metadata: Metadata,
  letIn: () => void,
): IngestRequest {
  const texts = Object.entries(metadata.getMap()).filter(([, value]) => typeof value === 'string');
  const headers: IncomingHttpHeaders = { ...(Object.fromEntries(texts) as Record<string, string>) };
  // Neither says anything of a message inside of a stream.
  delete headers['content-length'];
  delete headers['content-encoding'];
  return {
    id: randomUUID(),
    headers,
    contentType: parseContentType('application/x-protobuf'),
    queryKey: undefined,
    clientAddress: call.getConnectionInfo().remoteAddress ?? '',
    readBody: async (bytesMax, lease) => {
      const { bytes, encoding } = await incoming.receive(bytesMax, lease, letIn);
      headers['content-encoding'] = encoding;
      return bytes;
    },
    // The library keeps the message in any case.
    passBody: async (bytesMax, lease, onChunk) => onChunk((await incoming.receive(bytesMax, lease, letIn)).bytes),
  };
}

function respond(
  { answer, failure }: IngestResult,
  call: ServerInterceptingCallInterface,
  handed: Handed | undefined,
): void {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(answer.headers)) {
    metadata.set(name, value);
  }
  if (failure !== undefined) {
    metadata.set('grpc-status-details-bin', Buffer.from(statusOf(failure, 'protobuf')));
    const refusal = { code: grpcCodeOf(failure), details: statusMessage(failure).toWellFormed(), metadata };
    if (handed === undefined) {
      call.sendStatus(refusal);
    } else {
      handed.answer(refusal);
    }
    return;
  }
  handed?.call.sendMetadata(metadata);
  handed?.answer(null, Buffer.from(answer.body));
}

/** gRPC has a code of its own for a compression that is not known. */
function grpcCodeOf(failure: AegisError): status {
  return failure.code === 'unsupported-encoding' ? status.UNIMPLEMENTED : rpcCodeOf(failure);
}
