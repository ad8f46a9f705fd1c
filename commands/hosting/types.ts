/** The media type of each kind of file that the site has: for our server, for those of others, and for archives. */
export const mediaTypes: Readonly<Record<string, string>> = {
  css: 'text/css',
  csv: 'text/csv',
  epub: 'application/epub+zip',
  gz: 'application/gzip',
  html: 'text/html',
  ico: 'image/x-icon',
  js: 'text/javascript',
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  md: 'text/markdown',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain',
  webp: 'image/webp',
  woff2: 'font/woff2',
  xml: 'text/xml',
  yaml: 'text/yaml',
  zip: 'application/zip',
  zone: 'text/dns',
};

/** What `Content-Type` says of a file with this name. */
export function contentTypeOf(name: string): string {
  const [, ending = ''] = /\.(\w+)$/.exec(name) ?? [];
  const type = mediaTypes[ending] ?? 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}

/** Whether a file of this type gets smaller when it is compressed. */
export const isCompressible = (type: string): boolean =>
  /^(text\/|application\/(json|x-ndjson)|image\/svg)/.test(type);
