import mdx from '@astrojs/mdx';
import sitemap from '@astrojs/sitemap';
import svelte from '@astrojs/svelte';
import { defineConfig } from 'astro/config';
import type { Plugin } from 'vite';
import { clientUse } from './src/site/client-use-directive.ts';
import { deferredProps } from './src/site/deferred-props.ts';
import { siteUrl } from './src/site/inputs.ts';
import { isPinnedEdition } from './src/site/release.ts';
import { searchIndex } from './src/site/search/search-index.ts';

// Where the site will live is an input of the build. Without it there is nothing to write a site
// map for: addresses in it are absolute.
const site = siteUrl();

/**
 * Two style sheets a page, what every page has and what widgets share, and at most one of its own: what only the
 * tools show, the criteria, first contact, the lesson, the laws, or the memo and the long lists. One file a component, which is
 * Astro's default, would make a page with a widget wait for sixteen; one for all would move styles that a page never uses.
 */
const styleSheets = [
  { name: 'reading', test: /src\/site\/(memo\/|show\/(Claim|Source)List\.).*type=style/ },
  { name: 'lesson', test: /src\/site\/lesson\/.*type=style/ },
  { name: 'laws', test: /src\/(site|widgets)\/laws\/.*type=style/ },
  { name: 'tools', test: /src\/widgets\/(tools|lists)\/.*(\.css$|type=style)/ },
  { name: 'criteria', test: /src\/widgets\/criteria\/.*type=style/ },
  { name: 'first-contact', test: /src\/widgets\/first-contact\/.*type=style/ },
  { name: 'widgets', test: /src\/(widgets|site\/widgets)\/.*(\.css$|type=style)/ },
  { name: 'site', test: /\.css$|type=style/ },
];

/**
 * Scripts bring no styles: pages link them all. So styles of a component that only a later `import()` loads
 * belong in a `.css` beside it that its parent imports; a test of the built site finds those that no sheet has.
 */
const scriptsWithoutStyles = (): Plugin => ({
  name: 'scripts-without-styles',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'client',
  apply: 'build',
  resolveId: (id) => (/\.css($|\?)|type=style/.test(id) ? '\0no-styles' : undefined),
  load: (id) => (id === '\0no-styles' ? '' : undefined),
});

export default defineConfig({
  ...(site === undefined ? {} : { site }),
  output: 'static',
  trailingSlash: 'always',
  build: { format: 'directory', inlineStylesheets: 'never' },
  integrations: [
    svelte(),
    clientUse(),
    mdx(),
    deferredProps(),
    ...(isPinnedEdition ? [] : [searchIndex()]),
    ...(site === undefined
      ? []
      : [
          sitemap({
            filter: (page) => !/\/(embed|404)\//.test(page),
            i18n: { defaultLocale: 'nl', locales: { nl: 'nl', en: 'en' } },
          }),
        ]),
  ],
  markdown: {
    // Shiki writes style attributes, which the content security policy refuses; Prism writes classes.
    syntaxHighlight: 'prism',
  },
  i18n: {
    defaultLocale: 'nl',
    locales: ['nl', 'en'],
    routing: { prefixDefaultLocale: false, redirectToDefaultLocale: false },
  },
  security: {
    csp: {
      // Scripts and styles: 'self' and hashes, added by Astro. The check page widens connect-src
      // for itself (src/site/inputs.ts), because there a visitor may name any resolver.
      directives: [
        "default-src 'none'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        // Markup and addresses of scripts come from these two only: Svelte's own templates, our workers.
        "require-trusted-types-for 'script'",
        'trusted-types svelte-trusted-html sts-dane',
      ],
    },
  },
  devToolbar: { enabled: false },
  vite: {
    plugins: [scriptsWithoutStyles()],
    build: {
      rolldownOptions: {
        checks: { moduleLevelDirective: false },
        output: { codeSplitting: { groups: styleSheets } },
      },
    },
  },
});
