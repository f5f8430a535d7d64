import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readGuide } from '../../../build/read-guide.ts';
import { groupGuides, guideSlug } from './guide.ts';
import { readGuideLink } from './guide-link.ts';

const FOLDER = new URL('../../../../../docs/guides/', import.meta.url);
const FILES = new Map(readdirSync(FOLDER).map((file) => [file, readFileSync(new URL(file, FOLDER), 'utf8')]));
const GUIDES = groupGuides(Object.fromEntries([...FILES].map(([file, text]) => [`/${file}`, readGuide(text)]))).flatMap(
  ({ guides }) => guides,
);
const textOf = (slug: string): string => FILES.get(`${slug}.md`) ?? '';

it('lists every file, each once', () => {
  expect(GUIDES.map(({ slug }) => slug).toSorted()).toEqual([...FILES.keys()].map(guideSlug).toSorted());
});

describe.each(GUIDES)('$slug', ({ slug, title, headings, links }) => {
  it('has a title, and parts that can be linked', () => {
    expect(title).not.toBe('');
    expect(headings.length).toBeGreaterThan(1);
    expect(new Set(headings.map(({ id }) => id)).size).toBe(headings.length);
  });

  it('has no HTML of its own, which would be shown as it is written', () => {
    const prose = textOf(slug).replaceAll(/```[\s\S]*?```|`[^`]*`/g, '');
    expect(prose).not.toMatch(/<\/?[a-z]/i);
  });

  it('links only to what is there', () => {
    const broken = links.filter((href) => {
      const target = readGuideLink(href, slug);
      if (target?.kind !== 'guide') {
        return target === undefined;
      }
      const guide = GUIDES.find((each) => each.slug === target.slug);
      return guide === undefined || (target.heading !== '' && !guide.headings.some(({ id }) => id === target.heading));
    });
    expect(broken).toEqual([]);
  });
});

it('gives an example of a signature that is right', () => {
  const [body = '', secret = '', plain, timed] = [
    ...textOf('sending-data').matchAll(/```(?:json|text)\n([\s\S]*?)\n```/g),
  ].map((block) => block[1]);
  const hmac = (signed: string): string => createHmac('sha256', secret).update(signed).digest('hex');
  expect([plain, timed]).toEqual([hmac(body), hmac(`1795694400000.${body}`)]);
});
