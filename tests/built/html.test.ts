import { expect, test } from 'vitest';
import { HtmlValidate } from 'html-validate';
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

test.each(builtPages())('$path is valid HTML', async ({ path, html }) => {
  const report = await validator.validateString(html, path);
  const messages = report.results.flatMap(({ messages }) =>
    messages
      .filter(({ severity }) => severity === 2)
      .map(({ ruleId, message, line, selector }) => `${line}: ${ruleId}: ${message} (${selector})`),
  );
  expect(messages).toEqual([]);
});

test('every page is all ASCII, so that a browser reads it as it comes', () => {
  const others = builtPages().filter(({ html }) => /[^\p{ASCII}]/u.test(html));
  expect(others.map(({ path }) => path)).toEqual([]);
});
