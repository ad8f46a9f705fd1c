/**
 * Two made-up pages to measure beside ours. They stand for pages that cannot be had on a machine without
 * a network: as many bytes, requests, elements and as much script as those were measured to have
 * (docs/performance.md), and nothing of their work: their script only parses and runs once. So beating
 * an anchor in bytes says something; beating its blocking time says little.
 */
import { createServer, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';

interface AnchorPage {
  readonly name: string;
  readonly moved: number;
  readonly script: number;
  readonly requests: number;
  readonly nodes: number;
  /** Octets of the picture or font that the page shows first. */
  readonly largest: number;
}

export const anchorPages: readonly AnchorPage[] = [
  // Measured: 337 kB in 13 requests, of which 305 kB pictures; 2.5 kB script; 1,561 elements.
  {
    name: 'illustrated',
    moved: 337_000,
    script: 2_500,
    requests: 13,
    nodes: 1_561,
    largest: 5_000,
  },
  // Measured: 257 kB in 26 requests, of which 130 kB a font; 62 kB script; 137 elements.
  { name: 'tool', moved: 257_000, script: 62_000, requests: 26, nodes: 137, largest: 130_000 },
];

/** Numbers that do not compress, the same in every run (xorshift; not for secrets). */
function noise(): () => number {
  let state = 2_463_534_242;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

function bytes(length: number): Buffer {
  const next = noise();
  return Buffer.from(Array.from({ length }, () => next() & 0xff));
}

/** Functions of distinct numbers, each called once, that make about `zipped` octets in gzip. */
function script(zipped: number): Buffer {
  const next = noise();
  let text = '';
  while (text.length < zipped * 2.05)
    text += `((a,b)=>a*${next()}+b*${next()})(${next()},${next()});\n`;
  return gzipSync(text);
}

/** Serves both, at `/anchor/<name>/`; not yet listening. */
export function anchorServer(): Server {
  const answers = new Map<string, { type: string; body: Buffer; zipped: boolean }>();
  for (const { name, moved, script: zipped, requests, nodes, largest } of anchorPages) {
    const at = `/anchor/${name}`;
    const parts = requests - 3;
    const rest = (moved - zipped - largest - 4_000) / parts;
    answers.set(`${at}/script.js`, {
      type: 'text/javascript',
      body: script(zipped),
      zipped: true,
    });
    answers.set(`${at}/largest`, {
      type: 'application/octet-stream',
      body: bytes(largest),
      zipped: false,
    });
    for (let part = 0; part < parts; part += 1)
      answers.set(`${at}/part-${part}`, {
        type: 'application/octet-stream',
        body: bytes(Math.max(0, Math.round(rest) - 200)),
        zipped: false,
      });
    const links = Array.from(
      { length: parts },
      (_, part) => `<link rel="preload" as="fetch" crossorigin href="${at}/part-${part}">`,
    );
    const lines = Array.from({ length: nodes - parts - 12 }, (_, line) => `<i>${line} </i>`);
    const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>anchor</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<link rel="preload" as="fetch" crossorigin href="${at}/largest"><script defer src="${at}/script.js"></script>
${links.join('')}</head><body><h1>An anchor page</h1><p>${'As heavy as another page. '.repeat(20)}</p><p>${lines.join('')}</p></body></html>`;
    answers.set(`${at}/`, { type: 'text/html; charset=utf-8', body: gzipSync(html), zipped: true });
  }
  return createServer((request, response) => {
    const answer = answers.get(request.url ?? '');
    if (answer === undefined) return response.writeHead(404).end();
    return response
      .writeHead(200, {
        'Content-Type': answer.type,
        ...(answer.zipped ? { 'Content-Encoding': 'gzip' } : {}),
      })
      .end(answer.body);
  });
}
