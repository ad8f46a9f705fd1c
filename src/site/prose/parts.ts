/** The sections of an article, in order, read from its text: for a table of contents. */
export interface ArticlePart {
  readonly id: string;
  readonly heading: string;
}

export const partsOf = (body: string): readonly ArticlePart[] =>
  [...body.matchAll(/<Part\s+id="([^"]+)"\s+heading="([^"]+)"/g)].map(
    ([, id = '', heading = '']) => ({
      id,
      heading,
    }),
  );
