import mdx from '@astrojs/mdx';
import sitemap from '@astrojs/sitemap';
import svelte from '@astrojs/svelte';
import { defineConfig } from 'astro/config';
import { clientUse } from './src/site/client-use-directive.ts';
import { siteUrl } from './src/site/inputs.ts';
import { islandProps } from './src/site/island-props.ts';
import { pageLetters } from './src/site/page-letters.ts';
import { pagePolicy } from './src/site/page-policy.ts';
import { pageStyles } from './src/site/page-styles.ts';
import { searchIndex } from './src/site/search/search-index.ts';

// Where the site will live is an input of the build. Without it there is nothing to write a site
// map for: addresses in it are absolute.
const site = siteUrl();

export default defineConfig({
  ...(site === undefined ? {} : { site }),
  output: 'static',
  trailingSlash: 'always',
  build: { format: 'directory', inlineStylesheets: 'never' },
  integrations: [
    svelte(),
    clientUse(),
    mdx(),
    islandProps(),
    pageStyles(),
    pagePolicy(),
    pageLetters(),
    searchIndex(),
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
    build: { rolldownOptions: { checks: { moduleLevelDirective: false } } },
  },
});
