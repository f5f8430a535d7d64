import { ALL_ROUTES, ERRORS } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { openApiDocument } from './openapi-document.ts';
import { openApiPath } from './operation.ts';
import { SECURITY_SCHEMES } from './security-schemes.ts';
import { TAGS } from './tags.ts';

const document = openApiDocument(ALL_ROUTES);
const text = JSON.stringify(document);

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly security: readonly Record<string, readonly string[]>[];
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly required?: boolean }[];
  readonly responses: Record<string, { readonly description: string }>;
}

function operation(method: string, path: string): Operation {
  const item = document.paths?.[openApiPath(path)] as Record<string, Operation> | undefined;
  const found = item?.[method.toLowerCase()];
  if (found === undefined) {
    throw new Error(`the document lacks ${method} ${path}`);
  }
  return found;
}

const operations = ALL_ROUTES.map((route) => ({ route, said: operation(route.method, route.path) }));

it('has every route once, under its own id', () => {
  const count = Object.values(document.paths ?? {}).reduce((sum, item) => sum + Object.keys(item).length, 0);
  expect(count).toBe(ALL_ROUTES.length);
  expect(operations.map(({ said }) => said.operationId)).toEqual(ALL_ROUTES.map(({ id }) => id));
  expect(new Set(ALL_ROUTES.map(({ id }) => id)).size).toBe(ALL_ROUTES.length);
});

it('refers to nothing that is not there', () => {
  const names = new Set(Object.keys(document.components?.schemas ?? {}));
  const missing = [...text.matchAll(/"\$ref":"(?<ref>[^"]+)"/g)]
    .map(({ groups }) => groups?.ref ?? '')
    .filter((ref) => !(ref.startsWith('#/components/schemas/') && names.has(ref.slice(21))));
  expect(missing).toEqual([]);
});

it('declares the parameters of every path', () => {
  for (const { route, said } of operations) {
    const inPath = [...route.path.matchAll(/:(?<name>\w+)/g)].map(({ groups }) => groups?.name);
    const declared = (said.parameters ?? []).filter((parameter) => parameter.in === 'path');
    expect(
      declared.map(({ name }) => name),
      route.id,
    ).toEqual(inPath);
    expect(
      declared.every(({ required }) => required === true),
      route.id,
    ).toBe(true);
  }
});

it('has a sentence for every tag, and no tag without routes', () => {
  expect([...new Set(ALL_ROUTES.map(({ tag }) => tag))].sort()).toEqual(Object.keys(TAGS).sort());
});

it('asks for proofs that it explains, and for none where the route is public', () => {
  for (const { route, said } of operations) {
    const asked = said.security.flatMap((requirement) => Object.keys(requirement));
    expect(
      asked.filter((name) => !(name in SECURITY_SCHEMES)),
      route.id,
    ).toEqual([]);
    if (route.takesCookie !== true) {
      expect(asked.length === 0, route.id).toBe(route.access.kind === 'public');
    }
  }
});

it('names the status of every problem that a route declares', () => {
  for (const { route, said } of operations) {
    for (const code of route.problems ?? []) {
      expect(said.responses[ERRORS[code].status]?.description, `${route.id} ${code}`).toContain(`\`${code}\``);
    }
  }
});

it('says who may send the organization, and only where there is one', () => {
  for (const { route, said } of operations) {
    const hasHeader = (said.parameters ?? []).some(({ name }) => name === 'x-org-id');
    expect(hasHeader, route.id).toBe(route.access.kind === 'permission');
  }
});
