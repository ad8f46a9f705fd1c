/** Written-out roles for a table whose rows are cards on a phone, and in each cell the head of its column. */

const plain = (html: string): string =>
  html
    .replace(/<br[^>]*>/g, ', ')
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replaceAll('"', '&quot;');

/** `html` is our own `<thead>` and `<tbody>` as rendered at build; no cell spans columns or holds a table. */
export function cardsOf(html: string): string {
  const head = /<thead[\s\S]*?<\/thead>/.exec(html)?.[0] ?? '';
  const names = [...head.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, name = '']) =>
    plain(name),
  );
  let column = 0;
  const roleOf = (name: string, attributes: string): string => {
    if (name === 'tr') {
      column = 0;
      return 'row';
    }
    if (name !== 'td' && name !== 'th') return 'rowgroup';
    const label = names[column];
    column += 1;
    if (name === 'th') return attributes.includes('"col"') ? 'columnheader' : 'rowheader';
    return label ? `cell" data-head="${label}` : 'cell';
  };
  return html.replace(
    /<(thead|tbody|tfoot|tr|th|td)((?:\s[^>]*)?)>/g,
    (_, name: string, attributes: string) =>
      `<${name} role="${roleOf(name, attributes)}"${attributes}>`,
  );
}
