/**
 * Serves the built site on loopback, as a plain web server would: types, gzip, trailing slashes, the
 * 404 page. Run by itself it serves `dist/` on `PORT`, or on the next port that is free.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join, normalize, resolve, sep } from 'node:path';
import { createGzip } from 'node:zlib';
import { isEmbed } from './hosting/headers.ts';
import { contentTypeOf, isCompressible } from './hosting/types.ts';

const text = { 'Content-Type': 'text/plain; charset=utf-8' };

/** The file for a path: itself, or the index of a folder; `folder` where the slash after its name is missing. */
function fileFor(root: string, path: string): { file: string } | 'folder' | undefined {
  const file = normalize(join(root, path));
  if (file !== root && !file.startsWith(root + sep)) return undefined;
  if (!existsSync(file)) return undefined;
  if (!statSync(file).isDirectory()) return { file };
  if (!path.endsWith('/')) return 'folder';
  const index = join(file, 'index.html');
  return existsSync(index) ? { file: index } : undefined;
}

/** A server for the folder, not yet listening. */
export function siteServer(folder: string): Server {
  const root = resolve(folder);
  return createServer((request, response) => {
    const answer = (status: number, headers: Record<string, string>, body?: string) =>
      response.writeHead(status, headers).end(body);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return answer(405, { Allow: 'GET, HEAD' });
    const [rawPath = '', rawQuery] = (request.url ?? '').split('?', 2);
    let path: string;
    try {
      path = decodeURIComponent(rawPath);
    } catch {
      return answer(400, text, 'Bad request\n');
    }
    const found = path.includes('\0') ? undefined : fileFor(root, path);
    if (found === 'folder') {
      const query = rawQuery === undefined ? '' : `?${rawQuery}`;
      // One slash only: "//host" would be another site's address.
      return answer(308, { Location: `${rawPath.replace(/^\/+/, '/')}/${query}` });
    }
    // A frame must never stay blank: an address of an embed that is not there gets a card of its own.
    const card = join(root, 'embed', 'not-found', 'index.html');
    const isFrame = isEmbed(path) && existsSync(card);
    const file = found?.file ?? (isFrame ? card : join(root, '404.html'));
    if (!existsSync(file)) return answer(404, text, 'Not found\n');
    const type = contentTypeOf(file);
    const headers = {
      'Content-Type': type,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      // An embed in a sandboxed frame has an opaque origin, and needs this to load its own scripts.
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      // A host page that requires it of its frames would show ours empty.
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'Cache-Control': path.startsWith('/_astro/')
        ? 'public, max-age=31536000, immutable'
        : 'no-cache',
      Vary: 'Accept-Encoding',
    };
    const gzip =
      isCompressible(type) && /\bgzip\b/.test(String(request.headers['accept-encoding']));
    response.writeHead(found ? 200 : 404, {
      ...headers,
      ...(gzip ? { 'Content-Encoding': 'gzip' } : { 'Content-Length': statSync(file).size }),
    });
    if (request.method === 'HEAD') return response.end();
    const stream = createReadStream(file);
    stream.on('error', () => response.destroy());
    return (gzip ? stream.pipe(createGzip()) : stream).pipe(response);
  });
}

/** Listens on 127.0.0.1, on `port` or the next one that is free; resolves to the address. */
export function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const tryPort = (candidate: number) => {
      const onError = (error: NodeJS.ErrnoException) => {
        if (error.code === 'EADDRINUSE' && candidate < port + 50) tryPort(candidate + 1);
        else reject(error);
      };
      server.once('error', onError);
      server.listen(candidate, '127.0.0.1', () => {
        server.off('error', onError);
        resolve(`http://127.0.0.1:${candidate}/`);
      });
    };
    tryPort(port);
  });
}

if (import.meta.main) {
  const port = Number(process.env['PORT'] ?? 4321);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    console.error(`PORT is not a port number: ${process.env['PORT']}`);
    process.exit(1);
  }
  const server = siteServer(join(import.meta.dirname, '../dist'));
  const address = await listen(server, port);
  console.log(`\nSTS versus DANE: ${address}  (English: ${address}en/)\nPress Ctrl+C to end.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      server.close(() => process.exit(0));
      server.closeAllConnections();
    });
}
