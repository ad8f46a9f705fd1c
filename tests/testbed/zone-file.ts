/** Reads a zone file of somebody else: finds its origin, supplies SOA and NS, says what is wrong. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { findPrograms } from './programs.ts';
import { typeOf, type ZoneSpec } from './zone-spec.ts';

const run = promisify(execFile);

/** Said to the person at the keyboard as it is, without a stack. */
export class BadZoneFile extends Error {}

const bare = (text: string): string => text.split(';', 1)[0] ?? '';

const fromFileName = (path: string): string =>
  basename(path)
    .toLowerCase()
    .replace(/\.(zone|db|txt|signed|unsigned)$/, '')
    .replace(/^db\./, '');

/** The owner of the SOA, resolved against `$ORIGIN`; else `$ORIGIN`; else the name of the file. */
export function originOf(text: string, path: string): string {
  let origin = '';
  for (const raw of text.split(/\r?\n/)) {
    const line = bare(raw);
    const directive = /^\$ORIGIN\s+(\S+)/i.exec(line)?.[1];
    if (directive !== undefined)
      origin = directive.endsWith('.') ? directive : `${directive}.${origin === '.' ? '' : origin}`;
    const owner = /^(\S+)?\s+(?:\S+\s+){0,2}SOA\s/i.exec(line)?.[1];
    if (owner?.endsWith('.') === true) return trimmed(owner);
    if (owner !== undefined && owner !== '@' && origin !== '')
      return trimmed(`${owner}.${origin === '.' ? '' : origin}`);
    if (owner !== undefined) break;
  }
  return trimmed(origin === '' ? fromFileName(path) : origin);
}

const trimmed = (name: string): string =>
  name === '.' ? '.' : name.toLowerCase().replace(/\.$/, '');

const madeBySigner = ['RRSIG', 'NSEC', 'NSEC3', 'NSEC3PARAM', 'DNSKEY', 'CDS', 'CDNSKEY'];

/** The records of the file, one a line with absolute names; what a signer had added is taken out. */
export async function readZoneFile(
  path: string,
  programs: ReturnType<typeof findPrograms>,
): Promise<Pick<ZoneSpec, 'name' | 'records'>> {
  const text = await readFile(resolve(path), 'utf8').catch(() => {
    throw new BadZoneFile(`${path}: cannot be read`);
  });
  const name = originOf(text, path);
  const apex = name === '.' ? '.' : `${name}.`;
  const folder = await mkdtemp(join(tmpdir(), 'sts-dane-zone-'));
  try {
    const [input, output] = [join(folder, 'in'), join(folder, 'out')];
    const content = text.split(/\r?\n/).map(bare).join('\n');
    const head = [`$ORIGIN ${apex}`, ...(/^\s*\$TTL\s/im.test(content) ? [] : ['$TTL 3600'])];
    // Without these two `named-compilezone` refuses the file. They come after the text, under an
    // origin of their own, so that line numbers in messages differ from the file's by the head only.
    const server = name === '.' ? 'ns.' : `ns.${apex}`;
    const tail = [''];
    if (!/\sSOA\s/i.test(content))
      tail.push(
        `${apex} 3600 IN SOA ${server} hostmaster.${apex === '.' ? '' : apex} 1 7200 3600 1209600 300`,
      );
    const hasNs = new RegExp(
      `^(?:@|${apex.replaceAll('.', '\\.')}|)\\s+(?:\\S+\\s+){0,2}NS\\s`,
      'im',
    ).test(content);
    if (!hasNs) tail.push(`${apex} 3600 IN NS ${server}`, `${server} 3600 IN A 127.0.0.1`);
    // `named` also refuses a zone whose own name servers have no address: supply one at a time.
    for (let supplied = 0; ; supplied++) {
      await writeFile(input, [...head, text, ...tail, ''].join('\n'));
      const complaint = await compile(programs['named-compilezone'], name, input, output);
      if (complaint === undefined) break;
      const lost = /NS '([^']+)' has no address records/.exec(complaint)?.[1];
      if (lost === undefined || supplied > 12)
        throw new BadZoneFile(`${path}: ${firstReason(complaint, input, head.length)}`);
      tail.push(`${lost}. 3600 IN A 127.0.0.1`);
    }
    const lines = (await readFile(output, 'utf8')).split('\n').filter((line) => line !== '');
    const records = lines.filter((line) => !madeBySigner.includes(typeOf(line)));
    return { name, records };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes the zone in full text; what the program complained of, or undefined. */
async function compile(
  program: string,
  name: string,
  input: string,
  output: string,
): Promise<string | undefined> {
  const lenient = ['n', 'k', 'm', 'M', 'S', 'T', 'W', 'r'].flatMap((one) => [`-${one}`, 'ignore']);
  try {
    await run(program, [...lenient, '-i', 'none', '-s', 'full', '-o', output, name, input]);
    return undefined;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return `${stdout}\n${stderr}`;
  }
}

/** The first complaint, with the line number of the file as it was given. */
function firstReason(said: string, input: string, headLines: number): string {
  const line =
    said.split('\n').find((one) => /error|failed|bad|unknown|:\d+:/i.test(one)) ??
    'not a zone file';
  return line
    .replace(/^dns_master_load:\s*/, '')
    .replace(
      new RegExp(`${input.replaceAll('.', '\\.')}:(\\d+)`),
      (_, number: string) => `line ${Number(number) - headLines}`,
    )
    .trim();
}
