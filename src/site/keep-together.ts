/**
 * A word of the glossary is a button, and a browser may break a line before and after one: what touches it, a quote or
 * the end of a sentence, would stand on a line of its own. In an article the three are kept together.
 */
import type { AstroIntegration } from 'astro';

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}
interface Context {
  parent(node: Node): Node | undefined;
  indexOf(node: Node): number | undefined;
  replaceNode(node: Node, instead: object): void;
}

const textOf = (node: Node | undefined): string =>
  node?.type === 'text' ? (node.value ?? '') : '';

function keep(term: Node, context: Context): void {
  const at = context.indexOf(term) ?? 0;
  const siblings = context.parent(term)?.children ?? [];
  const [before, after] = [siblings[at - 1], siblings[at + 1]];
  const [open = ''] = /[‘“(]$/.exec(textOf(before)) ?? [];
  const [close = ''] = /^[^\s\p{L}\p{N}\p{Pd}(‘“]+/u.exec(textOf(after)) ?? [];
  if (open === '' && close === '') return;
  const text = (value: string) => ({ type: 'text', value });
  if (before && open !== '')
    context.replaceNode(before, text(textOf(before).slice(0, -open.length)));
  if (after && close !== '') context.replaceNode(after, text(textOf(after).slice(close.length)));
  context.replaceNode(term, {
    type: 'element',
    tagName: 'span',
    properties: { className: ['unbroken'] },
    children: [text(open), term, text(close)],
  });
}

export const keepTogether = (): AstroIntegration => ({
  name: 'keep-together',
  hooks: {
    'astro:config:setup': ({ config }) => {
      const { options } = config.markdown.processor as { options: { hastPlugins: object[] } };
      options.hastPlugins.push({
        name: 'keep-together',
        mdxJsxTextElement: { filter: ['Term'], visit: keep },
      });
    },
  },
});
