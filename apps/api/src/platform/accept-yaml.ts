// https://www.rfc-editor.org/rfc/rfc9512
import { AegisError, ALL_ROUTES } from '@aegisguard/model';
import type { FastifyInstance } from 'fastify';

const YAML_TYPE = 'application/yaml';
const TYPES = [YAML_TYPE, 'application/x-yaml', 'text/yaml'];
const TAKING_YAML: ReadonlySet<string> = new Set(
  ALL_ROUTES.filter(({ takes }) => takes?.[YAML_TYPE] !== undefined).map(({ path }) => path),
);

/** Takes YAML where the table of routes says so, as the text that it is: `{yaml}`, as such a route's JSON body has it. */
export function acceptYaml(instance: FastifyInstance): void {
  instance.addContentTypeParser<string>(TYPES, { parseAs: 'string' }, (request, body, done) => {
    if (TAKING_YAML.has(request.routeOptions.url ?? '')) {
      done(null, { yaml: body });
    } else {
      done(new AegisError('unsupported-media-type'));
    }
  });
}
