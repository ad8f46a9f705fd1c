/**
 * A small judge of SVG files: well-formed XML, only elements and attributes of SVG that a figure may
 * have, and values in the grammar of each (SVG 2, §9.3.9 for path data). Problems as sentences.
 */

const number = String.raw`-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?`;
const numeric = new RegExp(`^${number}$`);
const colour = /^(?:#[0-9a-f]{3}|#[0-9a-f]{6}|none)$/;
const pathData = new RegExp(`^(?:\\s*[MLHVCSQTAZmlhvcsqtaz](?:\\s*,?\\s*${number})*)*\\s*$`);
const transform = new RegExp(`^translate\\(${number} ${number}\\)(?: scale\\(${number}\\))?$`);
const anyText = /^.+$/;

const paint = { fill: colour, stroke: colour, 'stroke-width': numeric };
const line = {
  'stroke-dasharray': new RegExp(`^${number}(?:[ ,]${number})*$`),
  'stroke-linecap': /^(?:butt|round|square)$/,
  'stroke-linejoin': /^(?:miter|round|bevel)$/,
};
const allowed: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  svg: {
    xmlns: /^http:\/\/www\.w3\.org\/2000\/svg$/,
    viewBox: new RegExp(`^0 0 ${number} ${number}$`),
    width: numeric,
    height: numeric,
    fill: /^none$/,
    'stroke-linecap': /^round$/,
    'stroke-linejoin': /^round$/,
    role: /^img$/,
    'aria-labelledby': anyText,
    'aria-describedby': anyText,
    'font-family': anyText,
  },
  title: { id: anyText },
  desc: { id: anyText },
  defs: {},
  g: { transform },
  path: { id: /^\w+$/, d: pathData, transform, 'fill-rule': /^evenodd$/, ...paint, ...line },
  rect: {
    ...{ x: numeric, y: numeric, width: numeric, height: numeric, rx: numeric },
    ...paint,
    ...line,
  },
  line: { x1: numeric, y1: numeric, x2: numeric, y2: numeric, ...paint, ...line },
  circle: { cx: numeric, cy: numeric, r: numeric, ...paint },
  use: { href: /^#\w+$/, x: numeric, y: numeric, fill: colour },
  text: {
    x: numeric,
    y: numeric,
    'font-size': numeric,
    'font-weight': /^(?:400|700)$/,
    'text-anchor': /^(?:start|middle|end)$/,
    fill: colour,
  },
};
/** What may hold text; elsewhere only white space stands between elements. */
const textual = new Set(['title', 'desc', 'text']);

export function svgProblems(svg: string): readonly string[] {
  const problems: string[] = [];
  const open: string[] = [];
  const ids = new Set<string>();
  let at = 0;
  const token = /<(\/?)([a-zA-Z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
  while (at < svg.length) {
    token.lastIndex = at;
    const found = token.exec(svg);
    if (!found) return [...problems, `not well-formed at ${at}: ${svg.slice(at, at + 40)}`];
    at = token.lastIndex;
    const [, closing, name = '', given = '', selfClosing, text] = found;
    if (text !== undefined) {
      if (text.trim() !== '' && !textual.has(open.at(-1) ?? ''))
        problems.push(`text outside a text: ${text.trim().slice(0, 40)}`);
      if (/&(?!#\d+;|amp;|lt;|gt;|quot;)/.test(text)) problems.push(`a bare & in "${text}"`);
      continue;
    }
    if (closing) {
      if (open.pop() !== name) problems.push(`</${name}> closes something else`);
      continue;
    }
    const attributes = allowed[name];
    if (!attributes) problems.push(`no <${name}> in a figure`);
    if (open.length === 0 && name !== 'svg') problems.push('the root is no <svg>');
    const seen = new Set<string>();
    for (const [, key = '', value = ''] of given.matchAll(/([\w:-]+)="([^"]*)"/g)) {
      if (seen.has(key)) problems.push(`<${name}> has ${key} twice`);
      seen.add(key);
      if (!attributes?.[key]?.test(value))
        problems.push(`<${name} ${key}="${value.slice(0, 60)}">`);
      if (key === 'id' && ids.has(value)) problems.push(`two elements have id ${value}`);
      if (key === 'id') ids.add(value);
    }
    if (!selfClosing) open.push(name);
  }
  if (open.length > 0) problems.push(`not closed: ${open.join(', ')}`);
  for (const [, id = ''] of svg.matchAll(/href="#(\w+)"/g))
    if (!ids.has(id)) problems.push(`nothing has id ${id}`);
  return problems;
}
