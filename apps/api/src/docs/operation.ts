import {
  AUDIT_ACTIONS,
  type AuditAction,
  ERRORS,
  type ErrorCode,
  PERMISSION_TEXTS,
  Problem,
  type Route,
} from '@aegisguard/model';
import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { securityOf } from './security-schemes.ts';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const SUCCESS_TEXTS: Readonly<Partial<Record<Route['status'], string>>> = {
  101: 'Goes on as a websocket',
  302: 'Goes on elsewhere',
};
/** Any route may answer these. */
const COMMON: readonly ErrorCode[] = ['unavailable', 'internal'];
const OrgHeader = z.object({
  'x-org-id': z
    .string()
    .optional()
    .describe('Picks among the organizations that one belongs to; the first one without it.'),
});

/** What the OpenAPI document says of one route (https://spec.openapis.org/oas/v3.1.1#operation-object). */
export function operationOf(route: Route): ZodOpenApiOperationObject {
  const { access, params, query } = route;
  const header = access.kind === 'permission' ? OrgHeader : undefined;
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: route.summary,
    description: descriptionOf(route),
    ...(access.kind === 'permission' ? { 'x-permission': access.permission } : {}),
    ...(access.kind === 'ingest' ? { 'x-permission': access.scope } : {}),
    ...(isAuditAction(route.effect) ? { 'x-audit': route.effect } : {}),
    security: securityOf(route),
    requestParams: {
      ...(params === undefined ? {} : { path: params }),
      ...(query === undefined ? {} : { query }),
      ...(header === undefined ? {} : { header }),
    },
    ...bodyOf(route),
    responses: responsesOf(route),
  };
}

/** An OpenAPI path: `{id}` where the table has `:id`. */
export function openApiPath(path: string): string {
  return path.replaceAll(/:(?<name>\w+)/g, '{$<name>}');
}

function descriptionOf({ description, access, effect }: Route): string {
  const audit = isAuditAction(effect)
    ? `The audit log says \`${effect}\`: somebody ${AUDIT_ACTIONS[effect]}.`
    : undefined;
  return [description, accessText(access), audit].filter((sentence) => sentence !== undefined).join('\n\n');
}

function accessText(access: Route['access']): string {
  switch (access.kind) {
    case 'public':
      return 'Needs no token.';
    case 'person':
      return 'Needs a signed-in person.';
    case 'own-session':
      return "Needs a signed-in person who did not come in through an organization's single sign-on.";
    case 'half-login':
      return 'Needs the token of a login that was begun, in the body, or a signed-in person who did not come in through single sign-on.';
    case 'ingest':
      return `Needs a key with the scope \`${access.scope}\`.`;
    case 'permission':
      return `Needs the permission \`${access.permission}\` (${PERMISSION_TEXTS[access.permission]}).`;
  }
}

function isAuditAction(effect: Route['effect']): effect is AuditAction {
  return effect in AUDIT_ACTIONS;
}

function bodyOf({ body, query, takesForm, takes = {} }: Route): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  const others = Object.entries(takes).map(([type, text]) => [
    type,
    { schema: { type: 'string' as const, format: 'binary', description: text } },
  ]);
  const content = {
    ...(body === undefined ? {} : { [JSON_TYPE]: { schema: body } }),
    ...(takesForm === true && query !== undefined ? { [FORM_TYPE]: { schema: query.partial() } } : {}),
    ...Object.fromEntries(others),
  };
  const isOptional = takesForm === true || body?.safeParse({}).success === true;
  return Object.keys(content).length === 0 ? {} : { requestBody: { required: !isOptional, content } };
}

function responsesOf(route: Route): ZodOpenApiResponsesObject {
  const others = Object.entries(route.otherAnswers ?? {}).map(([status, { description, answer }]) => [
    status,
    { description, ...contentOf(answer) },
  ]);
  return {
    [route.status]: { description: SUCCESS_TEXTS[route.status] ?? 'Done', ...contentOf(route.answer) },
    ...problemResponses(route),
    ...Object.fromEntries(others),
  };
}

function contentOf(answer: Route['answer']) {
  return answer === null ? {} : { content: mediaOf(answer) };
}

function mediaOf(answer: NonNullable<Route['answer']>) {
  return typeof answer === 'string' ? { [answer]: { schema: z.string() } } : { [JSON_TYPE]: { schema: answer } };
}

/** One response for each status, naming the codes that it may stand for. */
function problemResponses(route: Route): ZodOpenApiResponsesObject {
  const codes = [...new Set([...(route.problems ?? []), ...impliedProblems(route), ...COMMON])];
  const byStatus = Map.groupBy(codes, (code) => String(ERRORS[code].status));
  // These two have errors of their own, as their clients expect them.
  const isPlain = route.access.kind === 'ingest' && route.body === undefined;
  const problem = isPlain
    ? { 'text/plain': { schema: z.string() } }
    : { 'application/problem+json': { schema: Problem } };
  const content = route.errorAnswer === undefined ? problem : mediaOf(route.errorAnswer);
  return Object.fromEntries(
    [...byStatus].map(([status, found]) => [
      status,
      { description: found.map((code) => `\`${code}\`: ${ERRORS[code].title}`).join('  \n'), content },
    ]),
  );
}

/** What follows from the declaration itself. */
function impliedProblems({ access, params, query, body }: Route): ErrorCode[] {
  const hasInput = params !== undefined || query !== undefined || body !== undefined;
  const isOurs = access.kind !== 'ingest';
  return [
    ...(isOurs && hasInput ? (['invalid-request'] as const) : []),
    ...(isOurs && body !== undefined ? (['invalid-json', 'body-too-large', 'unsupported-media-type'] as const) : []),
    ...(isOurs && access.kind !== 'public' ? (['unauthorized', 'forbidden'] as const) : []),
    ...(access.kind === 'permission' ? (['mfa-required'] as const) : []),
  ];
}
