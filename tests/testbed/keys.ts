/** Keys that BIND's own tools do not make: RSA with another exponent, and keys that share a tag. */
import { execFile } from 'node:child_process';
import { createPrivateKey, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** RFC 4034 appendix B; apart from the core on purpose. */
const tagOf = (rdata: Buffer): number => {
  let sum = 0;
  rdata.forEach((octet, at) => (sum += at % 2 === 0 ? octet * 256 : octet));
  return (sum + (sum >> 16)) & 0xffff;
};

const dnskey = (flags: number, publicKey: Buffer): Buffer =>
  Buffer.concat([Buffer.of(flags >> 8, flags & 255, 3, 8), publicKey]);

const line = (zone: string, rdata: Buffer): string =>
  `${zone} IN DNSKEY ${rdata.readUInt16BE(0)} 3 8 ${rdata.subarray(4).toString('base64')}\n`;

/** A key of RSASHA256 with this exponent, in the files that `dnssec-signzone` reads; their name without ending. */
export async function makeRsaKey(
  zone: string,
  bits: number,
  exponent: bigint,
  isKsk: boolean,
  folder: string,
): Promise<string> {
  const size = ['-pkeyopt', `rsa_keygen_bits:${bits}`, '-pkeyopt', `rsa_keygen_pubexp:${exponent}`];
  const { stdout } = await run('openssl', ['genpkey', '-algorithm', 'RSA', ...size]);
  const jwk = createPrivateKey(stdout).export({ format: 'jwk' });
  const octets = (field: string | undefined): Buffer => Buffer.from(field ?? '', 'base64url');
  const e = octets(jwk.e);
  const rdata = dnskey(isKsk ? 257 : 256, Buffer.concat([Buffer.of(e.length), e, octets(jwk.n)]));
  const path = join(folder, `K${zone}+008+${String(tagOf(rdata)).padStart(5, '0')}`);
  const fields = {
    Modulus: jwk.n,
    PublicExponent: jwk.e,
    PrivateExponent: jwk.d,
    Prime1: jwk.p,
    Prime2: jwk.q,
    Exponent1: jwk.dp,
    Exponent2: jwk.dq,
    Coefficient: jwk.qi,
  };
  const told = Object.entries(fields).map(
    ([name, field]) => `${name}: ${octets(field).toString('base64')}`,
  );
  await writeFile(`${path}.key`, line(zone, rdata));
  await writeFile(
    `${path}.private`,
    ['Private-key-format: v1.3', 'Algorithm: 8 (RSASHA256)', ...told, ''].join('\n'),
  );
  return path;
}

/** DNSKEY records with the tag of a key of RSASHA256, and moduli that are nobody's. */
export async function keysAlike(zone: string, path: string, count: number): Promise<string[]> {
  const [, base64 = ''] = / DNSKEY \d+ 3 8 (.*)/.exec(await readFile(`${path}.key`, 'utf8')) ?? [];
  const publicKey = Buffer.from(base64, 'base64');
  const wanted = tagOf(dnskey(257, publicKey));
  return Array.from({ length: count }, () => {
    const modulus = randomBytes(256);
    modulus[0]! |= 0x80;
    modulus[255]! |= 1;
    const rdata = dnskey(256, Buffer.concat([Buffer.of(1, 3), modulus]));
    for (let word = 0; word < 0x10000; word++) {
      rdata.writeUInt16BE(word, 100);
      if (tagOf(rdata) === wanted) return line(zone, rdata);
    }
    throw new Error('no two octets make this tag');
  });
}
