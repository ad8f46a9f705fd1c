/** Escapes text for the markup of another page. */
export const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

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
  `<iframe src="${escape(address)}" title="${escape(title)}" width="100%" height="${height}" loading="lazy" frameborder="0"></iframe>`;
