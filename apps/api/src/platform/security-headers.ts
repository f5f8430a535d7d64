import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const YEAR_SECONDS = 365 * 24 * 3600;
/** What no page of ours asks for: https://www.w3.org/TR/permissions-policy/ */
const PERMISSIONS_POLICY = 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()';

/**
 * Tells browsers what pages from here may do: load from here alone, run no inline script, stand in no frame. Browsers that came by https once are held to it where the operator says that people do; the server itself
 * speaks plain HTTP and cannot know. Other hosts of the same domain are not ours to speak for.
 */
export async function setSecurityHeaders(instance: FastifyInstance, publicUrl: string | undefined): Promise<void> {
  await instance.register(helmet, {
    global: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
      },
    },
    strictTransportSecurity:
      publicUrl?.startsWith('https:') === true ? { maxAge: YEAR_SECONDS, includeSubDomains: false } : false,
  });
  instance.addHook('onRequest', async (_request, reply) => {
    void reply.header('permissions-policy', PERMISSIONS_POLICY);
  });
}
