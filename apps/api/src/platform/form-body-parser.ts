// https://url.spec.whatwg.org/#application/x-www-form-urlencoded
import { parse } from 'node:querystring';
import { AegisError, ALL_ROUTES } from '@aegisguard/model';
import type { FastifyInstance } from 'fastify';

const TAKING_FORMS: ReadonlySet<string> = new Set(
  ALL_ROUTES.filter(({ takesForm }) => takesForm === true).map(({ path }) => path),
);
/** Names and values of a form; as many as Fastify reads of a URL. */
const PARAMETERS_MAX = 1000;

/** Reads forms where the table of routes says so, and nowhere else: pages of other sites can post them without being asked. */
export function acceptForms(instance: FastifyInstance): void {
  instance.addContentTypeParser<string>(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (request, body, done) => {
      if (TAKING_FORMS.has(request.routeOptions.url ?? '')) {
        done(null, parse(body, '&', '=', { maxKeys: PARAMETERS_MAX }));
      } else {
        done(new AegisError('unsupported-media-type'));
      }
    },
  );
}

/** The parameters of a URL and those of a form: the form's come first, and where a name ends with `[]` all count. */
export function withForm(query: unknown, form: unknown): Record<string, unknown> {
  const ofUrl = Object.entries(query ?? {});
  const known = new Map<string, unknown>(ofUrl);
  const ofForm = Object.entries(form ?? {}).map(([name, value]) => {
    const isAdded = name.endsWith('[]') && known.has(name);
    return [name, isAdded ? [value, known.get(name)].flat() : value] as const;
  });
  // Not by assignment: a parameter may be called `__proto__`.
  return Object.fromEntries([...ofUrl, ...ofForm]);
}
