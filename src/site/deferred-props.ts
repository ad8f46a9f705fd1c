/** Writes the deferred props of widgets (src/widgets/deferred.ts) as files beside their scripts. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Deferred } from '../widgets/deferred.ts';

/** Registers props; pages that give a widget the same props share one file. They must survive JSON. */
export function defer<Props extends object>(props: Props): Deferred<Props> {
  const text = JSON.stringify(props);
  const file = `props.${createHash('sha256').update(text).digest('hex').slice(0, 8)}.json`;
  (globalThis.deferredProps ??= {})[file] = JSON.parse(text);
  return file;
}

/** Pages are rendered in the process of the build, so what they deferred is known when they are done. */
export const deferredProps = (): AstroIntegration => ({
  name: 'deferred-props',
  hooks: {
    'astro:server:setup': ({ server }) => {
      server.middlewares.use((request, response, next) => {
        const props = globalThis.deferredProps?.[(request.url ?? '').split('/').at(-1) ?? ''];
        if (props === undefined) return next();
        response.setHeader('Content-Type', 'application/json').end(JSON.stringify(props));
      });
    },
    'astro:build:done': ({ dir, logger }) => {
      const files = Object.entries(globalThis.deferredProps ?? {});
      for (const [file, props] of files)
        writeFileSync(join(fileURLToPath(dir), '_astro', file), JSON.stringify(props));
      logger.info(`${files.length} files`);
    },
  },
});
