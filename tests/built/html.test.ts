import { expect, test } from 'vitest';
import { HtmlValidate } from 'html-validate';
import { readWords } from '../../src/command-line/read-messages.ts';
import { routes } from '../../src/site/routes.ts';
import { builtPages } from './site.ts';

const validator = new HtmlValidate({
  extends: ['html-validate:standard'],
  rules: {
    // Astro writes void elements either way.
    'void-style': 'off',
    'no-trailing-whitespace': 'off',
    'long-title': 'off',
    'tel-non-breaking': 'off',
    'require-sri': 'off',
  },
});

const pages = builtPages();

test.each(pages)('$path is valid HTML', async ({ path, html }) => {
  const report = await validator.validateString(html, path);
  const messages = report.results.flatMap(({ messages }) =>
    messages
      .filter(({ severity }) => severity === 2)
      // Astro writes the style of its islands beside the first one; HTML would have it in the head.
      .filter(
        ({ ruleId, message }) =>
          !(ruleId === 'element-permitted-content' && /<style>/.test(message)),
      )
      .map(({ ruleId, message, line, selector }) => `${line}: ${ruleId}: ${message} (${selector})`),
  );
  expect(messages).toEqual([]);
});

// What a browser without script shows is what is written: no browser is needed to read it.
test.each(routes.flatMap(({ nl, en }) => [nl, en]))('%s can be read without script', (path) => {
  const html = pages.find((page) => page.path === path)?.html ?? '';
  const [main = ''] = /<main[\s>][\s\S]*<\/main>/.exec(html) ?? [];
  const words = main.replace(/<(script|style|template)\b[\s\S]*?<\/\1>|<[^>]*>/g, ' ');
  expect(main).toContain('<h1');
  expect(words.replace(/\s+/g, ' ').length).toBeGreaterThan(300);
});

// A key without a message shows itself.
const rooms = new Set(Object.keys(readWords().nl).map((key) => key.split('.')[0]));
const isKey = (text: string): boolean =>
  /^[a-z][\w-]*(\.[\w-]+)+(?<!\.json)$/.test(text) && rooms.has(text.split('.')[0]);

test.each(pages)('$path shows no key of a message', ({ html }) => {
  const words = html.replace(/<(script|style|code|pre)\b[\s\S]*?<\/\1>/g, '');
  expect(
    [...words.matchAll(/>\s*([^<>\s]+)\s*</g)].map(([, text = '']) => text).filter(isKey),
  ).toEqual([]);
});
