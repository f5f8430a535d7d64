import type { Plugin } from 'vite';

/** The files that every page needs; other scripts than Latin are fetched when they occur. */
const ALWAYS_NEEDED = /(?:inter|jetbrains-mono)-latin-wght-normal-[^/]+\.woff2$/;

/** Lets the page ask for its fonts at once, not only when the style sheet has come and been applied: text is drawn once, in its own font. */
export function fontPreload(): Plugin {
  return {
    name: 'font-preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) =>
        Object.keys(bundle)
          .filter((file) => ALWAYS_NEEDED.test(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}`, crossorigin: true },
            injectTo: 'head' as const,
          })),
    },
  };
}
