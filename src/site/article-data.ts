/**
 * What a page is, for machines: JSON-LD (schema.org) in a data block, which no browser runs. What is not
 * known is left out.
 */
export function dataOf(thing: Readonly<Record<string, unknown>>): string {
  const json = JSON.stringify({ '@context': 'https://schema.org', ...thing })
    // A text must not end the block it stands in.
    .replaceAll('<', '\\u003c');
  return `<script type="application/ld+json">${json}</script>`;
}
