import { xmlText } from '../core/grammar/xml.ts';

/** The code that an editor copies: an iframe that works without script, and with a strict policy. */
export const iframeCode = ({
  address,
  title,
  height,
}: {
  readonly address: string;
  readonly title: string;
  readonly height: number;
}): string =>
  `<iframe src="${xmlText(address)}" title="${xmlText(title)}" width="100%" height="${height}" loading="lazy" frameborder="0"></iframe>`;
