/**
 * The headers that a web server sends with this site, made from the built files: each page's own
 * content security policy, and who may frame it. Written for three kinds of server:
 * `_headers` (static hosts), `_hosting/nginx.conf` and `_hosting/Caddyfile`.
 *
 * A policy in a meta tag cannot say who may frame a page, and an attacker who can add markup before the
 * tag escapes it: so the same policy goes out as a header too.
 */
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hrefOf } from '../../src/site/routes.ts';
import { isCompressible, mediaTypes } from './types.ts';

/** Addresses of embeds, also for servers that match by regular expression. */
const embedPattern = '^/(v/[^/]+/)?(en/)?embed/';
/** Pages that any site may frame; no other page may be framed at all. */
export const isEmbed = (path: string): boolean => new RegExp(embedPattern).test(path);

export interface PagePolicy {
  /** `/notitie/` */
  readonly path: string;
  /** `/notitie/index.html` */
  readonly file: string;
  readonly policy: string;
  readonly embed: boolean;
}

const unescape = (text: string): string =>
  text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** The document of a release has no meta tag and no script: all that it shows is in it. */
const documentPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** The policy of a page: that of its own meta tag, and what only a header can say. */
export function policyOf(html: string, embed: boolean): string {
  const [, meta = documentPolicy] =
    /<meta http-equiv="content-security-policy" content="([^"]*)"/i.exec(html) ?? [];
  return [unescape(meta).replace(/;\s*$/, ''), `frame-ancestors ${embed ? '*' : "'none'"}`].join(
    '; ',
  );
}

export const pagePolicies = (dist: string): readonly PagePolicy[] =>
  globSync('**/*.html', { cwd: dist })
    .sort()
    .map((name) => {
      const file = `/${name}`;
      const path = file.replace(/index\.html$/, '');
      const embed = isEmbed(path);
      return { path, file, embed, policy: policyOf(readFileSync(join(dist, name), 'utf8'), embed) };
    });

export interface WorkerPolicy {
  /** `/_astro/list.worker-….js` */
  readonly file: string;
  readonly policy: string;
}

/**
 * A worker lives by the policy of its own answer, not by its page's. Each gets what it is for: that of
 * lists asks the resolver a visitor chose, that of the search index compiles its reader.
 */
export function workerPolicies(dist: string): readonly WorkerPolicy[] {
  const listPage = readFileSync(join(dist, hrefOf('tools', 'nl'), 'index.html'), 'utf8');
  const anyResolver = /connect-src [^;]*/.exec(policyOf(listPage, false))?.[0] ?? '';
  return globSync('{pagefind,_astro}/*worker*.js', { cwd: dist })
    .sort()
    .map((name) => ({
      file: `/${name}`,
      policy: [
        "default-src 'none'",
        `script-src 'self'${name.startsWith('pagefind/') ? " 'wasm-unsafe-eval'" : ''}`,
        /\/list\.worker/.test(name) ? anyResolver : "connect-src 'self'",
        "frame-ancestors 'none'",
      ].join('; '),
    }));
}

/** Sent with every answer. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  // A host page that requires it of its frames (COEP) would show ours empty; all that a page of ours loads is
  // its own, or is asked for with CORS.
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Permissions-Policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()',
};

/** Files that an embed in a sandboxed frame loads: its origin is nobody's, so any may have them. */
const sharedHeaders: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};
/** Sent with everything but embeds, which any site may frame. */
const pageHeaders: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
};
/**
 * Over TLS only (RFC 6797 §7.2). Not for subdomains, which the domain of whoever hosts this may have
 * without TLS.
 */
const transportSecurity = 'max-age=31536000';
/** What a release keeps and a file named by its digest never change; all else is asked for again. */
const year = 'public, max-age=31536000, immutable';

/** What a file that is no page may do when it is opened by itself: nothing. */
const filePolicy = "default-src 'none'; frame-ancestors 'none'";

const lines = (headers: Readonly<Record<string, string>>): string[] =>
  Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);

/** The `_headers` file of static hosts: the most general rule first, each page after it. */
export function underscoreHeaders(
  pages: readonly PagePolicy[],
  workers: readonly WorkerPolicy[],
): string {
  const rules = [
    [
      '/*',
      ...lines({
        ...commonHeaders,
        ...sharedHeaders,
        'Strict-Transport-Security': transportSecurity,
        'Cache-Control': 'no-cache',
      }),
    ],
    ['/_astro/*', `  ! Cache-Control`, `  Cache-Control: ${year}`],
    ['/v/*', `  ! Cache-Control`, `  Cache-Control: ${year}`],
    ...pages.map(({ path, policy, embed }) => [
      path,
      `  Content-Security-Policy: ${policy}`,
      ...(embed ? [] : lines(pageHeaders)),
    ]),
    ...workers.map(({ file, policy }) => [file, `  Content-Security-Policy: ${policy}`]),
  ];
  return `${rules.map((rule) => rule.join('\n')).join('\n\n')}\n`;
}

/** nginx compresses HTML and says its characters without being told, and warns where it is. */
const typesIn = (isOne: (type: string) => boolean): string =>
  Object.values(mediaTypes)
    .filter((type) => type !== 'text/html' && isOne(type))
    .join(' ');

const nginxText = (text: string): string => `"${text.replaceAll('"', '\\"')}"`;

/**
 * A whole server block to include, on loopback; where the site stands is said by a map after it. The
 * Dockerfile puts another `listen` in its place.
 */
export function nginxConf(pages: readonly PagePolicy[], workers: readonly WorkerPolicy[]): string {
  return `# STS versus DANE behind nginx. Include this file inside "http { }", before any other map, and say after
# it where the site stands:
#   map "" $sts_dane_root { default /srv/sts-dane/current; }
map_hash_bucket_size 256;
map_hash_max_size 4096;
map $uri $sts_dane_policy {
  default ${nginxText(filePolicy)};
${[...pages, ...workers].map(({ file, policy }) => `  ${file} ${nginxText(policy)};`).join('\n')}
}
# Pages that any site may frame say so in their policy; all others refuse twice, for old browsers too.
map $uri $sts_dane_frame {
  default DENY;
  ~${embedPattern} "";
}
# Whether the reader came over TLS: here, or at a server in front that says so.
map "$https:$http_x_forwarded_proto" $sts_dane_tls {
  default "";
  ~^on: ${nginxText(transportSecurity)};
  ~:https$ ${nginxText(transportSecurity)};
}
map $uri $sts_dane_cache {
  default no-cache;
  ~^/(v|_astro)/ ${nginxText(year)};
}
map $uri $sts_dane_opener {
  default same-origin;
  ~${embedPattern} "";
}

server {
  listen 127.0.0.1:8080;
  root $sts_dane_root;
  index index.html;
  charset utf-8;
  charset_types ${typesIn((type) => type.startsWith('text/'))};
  server_tokens off;
  absolute_redirect off;
  gzip on;
  gzip_static on;
  gzip_vary on;
  gzip_types ${typesIn(isCompressible)};
  types {
${Object.entries(mediaTypes)
  .map(([ending, type]) => `    ${type} ${ending};`)
  .join('\n')}
  }
  default_type application/octet-stream;

${Object.entries({ ...commonHeaders, ...sharedHeaders })
  .map(([name, value]) => `  add_header ${name} ${nginxText(value)} always;`)
  .join('\n')}
  # An empty value sends no header.
  add_header Content-Security-Policy $sts_dane_policy always;
  add_header X-Frame-Options $sts_dane_frame always;
  add_header Cross-Origin-Opener-Policy $sts_dane_opener always;
  add_header Cache-Control $sts_dane_cache always;
  add_header Strict-Transport-Security $sts_dane_tls always;

  # What says how to serve the site is not part of it.
  location ^~ /_hosting/ { return 404; }
  location = /_headers { return 404; }
  # A frame must never stay blank: an address of an embed that is not there gets a card.
  location ~ ${embedPattern} {
    error_page 403 404 =404 /embed/not-found/index.html;
    try_files $uri $uri/ =404;
  }
  # A folder without a page is not there either.
  error_page 403 404 =404 /404.html;
  location / { try_files $uri $uri/ =404; }
}
`;
}

/** The same for Caddy 2: import it, with a site address around it. */
export function caddyfile(pages: readonly PagePolicy[], workers: readonly WorkerPolicy[]): string {
  const quoted = (text: string) => `\`${text}\``;
  const policyAt = (path: string) => quoted(pages.find((page) => page.path === path)?.policy ?? '');
  const byPath = [
    ...pages.flatMap(({ path, file, policy }) =>
      [path, file].map((each) => [each, policy] as const),
    ),
    ...workers.map(({ file, policy }) => [file, policy] as const),
  ];
  return `# STS versus DANE behind Caddy 2. Import it where your address is:
#   example.nl {
#     root * /srv/sts-dane/current
#     import /srv/sts-dane/current/_hosting/Caddyfile
#   }
encode gzip
file_server {
  precompressed gzip
}
map {path} {sts_dane_policy} {
${[...new Map(byPath)].map(([path, policy]) => `  ${path} ${quoted(policy)}`).join('\n')}
  default ${quoted(filePolicy)}
}
header {
${Object.entries({ ...commonHeaders, ...sharedHeaders })
  .map(([name, value]) => `  ${name} ${quoted(value)}`)
  .join('\n')}
  Content-Security-Policy {sts_dane_policy}
}
@tls expression \`{http.request.scheme} == "https" || {http.request.header.X-Forwarded-Proto} == "https"\`
header @tls Strict-Transport-Security ${quoted(transportSecurity)}
@unframed not path_regexp ${embedPattern}
header @unframed {
${Object.entries(pageHeaders)
  .map(([name, value]) => `  ${name} ${quoted(value)}`)
  .join('\n')}
}
@fresh not path /v/* /_astro/*
header @fresh Cache-Control no-cache
@forever path /v/* /_astro/*
header @forever Cache-Control ${quoted(year)}
@hosting path /_hosting/* /_headers
error @hosting 404
# Caddy knows no type for the parts of the search index.
@index path *.pagefind *.pf_*
header @index Content-Type application/octet-stream
handle_errors {
  # What is not there today may be there tomorrow, and no card is kept from a frame.
  header Cache-Control no-cache
  @frame path_regexp ${embedPattern}
  handle @frame {
    header -X-Frame-Options
    header -Cross-Origin-Opener-Policy
    header Content-Security-Policy ${policyAt('/embed/not-found/')}
    rewrite * /embed/not-found/index.html
    file_server
  }
  handle {
    header Content-Security-Policy ${policyAt('/404.html')}
    rewrite * /404.html
    file_server
  }
}
`;
}

/** Writes all three into the built site. */
export function writeHeaders(dist: string): number {
  const [pages, workers] = [pagePolicies(dist), workerPolicies(dist)];
  mkdirSync(join(dist, '_hosting'), { recursive: true });
  writeFileSync(join(dist, '_headers'), underscoreHeaders(pages, workers));
  writeFileSync(join(dist, '_hosting', 'nginx.conf'), nginxConf(pages, workers));
  writeFileSync(join(dist, '_hosting', 'Caddyfile'), caddyfile(pages, workers));
  return pages.length;
}
