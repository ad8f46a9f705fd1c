/** Makes `client:use` known to Astro, which puts its script and the hash of it in each page that uses it. */
import type { AstroIntegration } from 'astro';

declare module 'astro' {
  interface AstroClientDirectives {
    'client:use'?: boolean;
  }
}

export const clientUse = (): AstroIntegration => ({
  name: 'client-use',
  hooks: {
    'astro:config:setup': ({ addClientDirective }) => {
      addClientDirective({ name: 'use', entrypoint: './src/site/client-use.ts' });
    },
  },
});
