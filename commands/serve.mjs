/**
 * Serves the built site on loopback, as a plain web server would: types, gzip, trailing slashes, the
 * 404 page. Also runnable: `node commands/serve.mjs [port]`.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createGzip } from 'node:zlib';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.jsonl': 'application/x-ndjson; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
  '.yaml': 'text/yaml; charset=utf-8',
  '.zone': 'text/dns; charset=utf-8',
};
const compressible = /^(text\/|application\/(json|manifest|xml|x-ndjson|wasm)|image\/svg)/;

/** The file for a path: itself, or the index of the folder; null when there is none. */
function fileFor(root, path) {
  const file = normalize(join(root, path));
  if (file !== root && !file.startsWith(root + sep)) return null;
  if (!existsSync(file)) return null;
  if (!statSync(file).isDirectory()) return { file };
  if (!path.endsWith('/')) return { redirect: true };
  return existsSync(join(file, 'index.html')) ? { file: join(file, 'index.html') } : null;
}

/** A server for the folder, not yet listening. */
export function siteServer(folder) {
  const root = resolve(folder);
  return createServer((request, response) => {
    const answer = (status, headers, body) => response.writeHead(status, headers).end(body);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return answer(405, { Allow: 'GET, HEAD' });
    let path, query;
    try {
      const [rawPath, rawQuery] = request.url.split('?', 2);
      path = decodeURIComponent(rawPath);
      query = rawQuery === undefined ? '' : `?${rawQuery}`;
    } catch {
      return answer(400, { 'Content-Type': types['.txt'] }, 'Bad request\n');
    }
    const found = path.includes('\0') ? null : fileFor(root, path);
    if (found?.redirect) {
      // One slash only: "//host" would be another site's address.
      const there = `${request.url.split('?', 1)[0].replace(/^\/+/, '/')}/${query}`;
      return answer(308, { Location: there });
    }
    // A frame must never stay blank: an address of an embed that is not there gets a card of its own.
    const card = join(root, 'embed', 'not-found', 'index.html');
    const isFrame = path !== undefined && /^\/(v|embed|en\/embed)\//.test(path) && existsSync(card);
    const file = found?.file ?? (isFrame ? card : join(root, '404.html'));
    if (!existsSync(file)) return answer(404, { 'Content-Type': types['.txt'] }, 'Not found\n');
    const type = types[extname(file)] ?? 'application/octet-stream';
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
      compressible.test(type) && /\bgzip\b/.test(String(request.headers['accept-encoding']));
    response.writeHead(found ? 200 : 404, {
      ...headers,
      ...(gzip ? { 'Content-Encoding': 'gzip' } : { 'Content-Length': statSync(file).size }),
    });
    if (request.method === 'HEAD') return response.end();
    const stream = createReadStream(file);
    stream.on('error', () => response.destroy());
    if (gzip) stream.pipe(createGzip()).pipe(response);
    else stream.pipe(response);
  });
}

/** Listens on 127.0.0.1, on `port` or the next one that is free; resolves to the address. */
export function listen(server, port) {
  return new Promise((resolve, reject) => {
    const tryPort = (candidate) => {
      const onError = (error) => {
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

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = fileURLToPath(new URL('../dist', import.meta.url));
  const port = Number(process.argv[2] ?? process.env.PORT ?? 4321);
  console.log(await listen(siteServer(root), port));
}
