import { expect, test } from 'vitest';
import { withIslandStyleInHead } from '../../src/site/page-styles.ts';

const style = '<style>astro-island,astro-slot{display:contents}</style>';

test('what Astro writes beside a widget stands once, in the head, and the rest of the page is as it was', () => {
  const page = `<head><title>A $& B</title></head><body><p>1</p>${style}<i>2</i>${style}</body>`;
  expect(withIslandStyleInHead(page)).toBe(
    `<head><title>A $& B</title>${style}</head><body><p>1</p><i>2</i></body>`,
  );
});

test('a page without a widget, or with another style in its body, is left alone', () => {
  const page = '<head></head><body><style>p{color:red}</style></body>';
  expect(withIslandStyleInHead(page)).toBe(page);
});
