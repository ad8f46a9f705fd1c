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
      // Astro writes the style of its islands beside the first one; HTML would have it in the head.
      .filter(
        ({ ruleId, message }) =>
          !(ruleId === 'element-permitted-content' && /<style>/.test(message)),
      )
      .map(({ ruleId, message, line, selector }) => `${line}: ${ruleId}: ${message} (${selector})`),
  );
  expect(messages).toEqual([]);
});
