/** Addresses of pages that widgets lead to. The site gives them (`linksOf` of its routes); no widget writes one. */
export interface Links {
  /** The page of sources, with an id for each section that is cited. */
  readonly sources: string;
  /** The memo, retold, with an id for each of its steps. */
  readonly memo: string;
}
