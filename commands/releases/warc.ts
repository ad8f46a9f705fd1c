/**
 * The pages of a release and what they load as a web archive (WARC 1.1, ISO 28500:2017), which programs for archives play
 * without a server. Its records are `resource`, and not `response`: no server answered, the files are the source.
 */
import { hash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { contentTypeOf } from '../hosting/types.ts';

export interface Archived {
  /** The whole address. */
  readonly address: string;
  readonly octets: Uint8Array;
}

/** A name of its own for ever, the same from the same content (RFC 9562 §5.8). */
function idOf(text: string): string {
  const hex = hash('sha256', text);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return `<urn:uuid:${[...parts, hex.slice(20, 32)].join('-')}>`;
}

/** Each record is a gzip member of its own, so that a program can read one without the others (Annex D). */
function recordOf(fields: Readonly<Record<string, string>>, block: Uint8Array): Buffer {
  const head = Object.entries({ ...fields, 'Content-Length': String(block.length) })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  return gzipSync(Buffer.concat([Buffer.from(`WARC/1.1\r\n${head}\r\n`), block, Buffer.from('\r\n\r\n')]));
}

/** The archive, named `name`, of files as they were on `day` (`2026-11-29`); the same files give the same octets. */
export function warcOf(name: string, day: string, files: readonly Archived[]): Buffer {
  const date = `${day}T00:00:00Z`;
  const about = Buffer.from('format: WARC File Format 1.1\r\n');
  return Buffer.concat([
    recordOf(
      {
        'WARC-Type': 'warcinfo',
        'WARC-Record-ID': idOf(name),
        'WARC-Date': date,
        'WARC-Filename': name,
        'Content-Type': 'application/warc-fields',
      },
      about,
    ),
    ...files.map(({ address, octets }) => {
      const digest = hash('sha256', octets);
      return recordOf(
        {
          'WARC-Type': 'resource',
          'WARC-Target-URI': address,
          'WARC-Record-ID': idOf(`${name} ${address} ${digest}`),
          'WARC-Date': date,
          'WARC-Block-Digest': `sha256:${digest}`,
          'Content-Type': contentTypeOf(address.replace(/\/$/, '/index.html')),
        },
        octets,
      );
    }),
  ]);
}
