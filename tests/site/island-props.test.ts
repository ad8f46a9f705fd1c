import { expect, test } from 'vitest';
import { withPropsApart } from '../../src/site/island-props.ts';

const islandOf = (client: string, props: string): string =>
  `<p>Above</p><astro-island uid="Z1" component-url="/_astro/Burden.js" props="${props}" ssr client="${client}" opts="{}" await-children><b>1 &lt; 2</b></astro-island>`;
const props = '{&quot;words&quot;:[0,&quot;a &lt;b&gt; &amp;amp; it&#39;s&quot;]}';

test('what a waiting widget is given is read back from its file as it was', () => {
  const { html, files } = withPropsApart(islandOf('use', props));
  const [[file, text]] = [...files] as [[string, string]];
  expect(JSON.parse(text)).toEqual({ words: [0, "a <b> &amp; it's"] });
  expect(html).toBe(islandOf('use', props).replace(` props="${props}"`, ` data-props="${file}"`));
});

test('the same widget with the same words has one file, with other words another', () => {
  const other = props.replace('words', 'others');
  const pages = [islandOf('use', props) + islandOf('use', props), islandOf('use', other)];
  const [same, else_] = pages.map((page) => [...withPropsApart(page).files.keys()]);
  expect(same).toHaveLength(1);
  expect(else_).toHaveLength(1);
  expect(same).not.toEqual(else_);
});

test.each([['load'], ['visible'], ['idle']])(
  'a widget that Astro itself brings to life (%s) keeps what it is given in the page',
  (client) => {
    const page = islandOf(client, props);
    expect(withPropsApart(page)).toEqual({ html: page, files: new Map() });
  },
);
