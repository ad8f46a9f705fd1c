import { beforeAll, describe, expect, it } from 'vitest';
import { readTlsaLines } from '../../../src/core/dane/tlsa-lines.ts';
import { compare, type CompareResult } from '../../../src/widgets/tools/certificate/engine.ts';
import { fetchCommands } from '../../../src/view/certificate/commands.ts';
import { makeChain, type OpensslChain } from './openssl-chain.ts';

const host = 'mx.example.nl';
/** The certificates begin when this test runs, so it looks an hour later. */
const nowSeconds = Math.floor(Date.now() / 1000) + 3600;
let chain: OpensslChain;
beforeAll(() => {
  chain = makeChain(host);
}, 60_000);

const run = (text: string, tlsa: string, given: { host?: string; later?: number } = {}) =>
  compare({
    text,
    tlsa: readTlsaLines(tlsa).flatMap(({ result }) => (result.ok ? [result.value] : [])),
    host: given.host ?? host,
    domain: '',
    nowSeconds: nowSeconds + (given.later ?? 0),
  });
function viewOf(result: CompareResult) {
  if (!result.ok) throw new Error(result.fault.key);
  return result.view;
}
const notes = (result: CompareResult) => viewOf(result).notes.map(({ key }) => key);

describe('a chain beside TLSA records', () => {
  it('fits by its key, and the page says that DNSSEC was not looked at', async () => {
    const result = await run(chain.leaf + chain.root, `${chain.leafRecord}\n${chain.nextRecord}`);
    const view = viewOf(result);
    expect(view.sentence).toEqual({ key: 'tools.match.leaf', args: { host, record: 1 } });
    expect(view.tone).toBe('good');
    expect(view.records.map(({ verdict }) => verdict.key)).toEqual([
      'tools.record.leaf',
      'tools.record.spare',
    ]);
    expect(view.certificates.map(({ records }) => records)).toEqual([[1], []]);
    expect(notes(result)).toContain('tools.note.not-dnssec');
    expect(notes(result)).not.toContain('tools.note.one-record');
  });

  it('fits by its issuer, with the name of the issuer', async () => {
    const view = viewOf(await run(chain.leaf + chain.root, chain.rootRecord));
    expect(view.sentence.key).toBe('tools.match.anchor');
    expect(view.records[0]?.verdict).toEqual({
      key: 'tools.record.anchor',
      args: { subject: 'O=Test, CN=Root' },
    });
  });

  it('does not fit by its issuer under another name, or after its end', async () => {
    const wrongName = await run(chain.leaf + chain.root, chain.rootRecord, { host: 'other.nl' });
    expect(viewOf(wrongName).sentence.key).toBe('tools.match.fault');
    expect(notes(wrongName)).toContain('situation.dane.name');
    const late = await run(chain.leaf + chain.root, chain.rootRecord, { later: 200 * 86_400 });
    expect(notes(late)).toContain('situation.dane.expired');
    expect(viewOf(late).certificates[0]).toMatchObject({ isExpired: true });
  });

  it('fits by its key after its end and under another name; both are told', async () => {
    const late = await run(chain.leaf, chain.leafRecord, { host: 'other.nl', later: 200 * 86_400 });
    expect(viewOf(late).sentence.key).toBe('tools.match.leaf');
    expect(notes(late)).toEqual(
      expect.arrayContaining(['tools.note.expired-but-dane', 'tools.note.name-but-dane']),
    );
  });

  it('that fits nothing is a bad sign for the whole and for the record', async () => {
    const view = viewOf(await run(chain.leaf + chain.root, chain.nextRecord));
    expect(view.sentence.key).toBe('tools.match.no-match');
    expect(view.records[0]).toMatchObject({
      tone: 'bad',
      verdict: { key: 'tools.record.no-match' },
    });
  });

  it('tells a record of usage 0 or 1 and an issuer under usage 3 apart', async () => {
    const asLeaf = chain.rootRecord.replace('2 0 1', '3 0 1');
    const view = viewOf(await run(chain.leaf + chain.root, `1 1 1 ${'ab'.repeat(32)}\n${asLeaf}`));
    expect(view.records.map(({ verdict }) => verdict.key)).toEqual([
      'situation.dane.pkix-usage',
      'tools.record.issuer-as-leaf',
    ]);
  });

  it('without records gives those that would fit, as openssl computes them', async () => {
    const view = viewOf(await run(chain.leaf + chain.root, ''));
    expect(view.sentence.key).toBe('tools.match.no-records');
    expect(view.proposals[0]).toMatchObject({
      text: chain.leafRecord,
      zoneLine: `_25._tcp.${host}. 3600 IN TLSA ${chain.leafRecord}`,
    });
    expect(view.proposals.map(({ text }) => text)).toContain(chain.rootRecord);
    expect(view.proposals).toHaveLength(8);
    expect(view.recheck).toBe('');
  });

  it('is found in what openssl s_client prints, each certificate once', async () => {
    const dialogue = `CONNECTED(00000003)\ndepth=1 O = Test\nCertificate chain\n 0 s:CN = ${host}\n${chain.leaf} 1 s:CN = Root\n${chain.root}---\nServer certificate\n${chain.leaf}---\n250 CHUNKING\n`;
    expect(viewOf(await run(dialogue, chain.leafRecord)).certificates).toHaveLength(2);
  });

  it('names subject, issuer and kind of key', async () => {
    const [leaf] = viewOf(await run(chain.leaf, '')).certificates;
    expect(leaf).toMatchObject({
      subject: `CN=${host}`,
      issuer: 'O=Test, CN=Root',
      key: 'EC P-256',
    });
  });

  for (const [why, text, key] of [
    ['nothing', '  ', 'situation.pem.empty'],
    ['words', 'hello <script>alert(1)</script>', 'situation.pem.no-certificate'],
    ['a block without its end', '-----BEGIN CERTIFICATE-----\nAAAA', 'situation.pem.unfinished'],
    [
      'a block of something else',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      'situation.pem.not-a-certificate',
    ],
  ] as const)
    it(`that is ${why} gets a sentence`, async () => {
      expect(await run(text, '')).toEqual({ ok: false, fault: { key } });
    });

  it('that is a key is refused, and nothing of it comes back', async () => {
    const result = await run(chain.leafKey, '');
    expect(result).toEqual({ ok: false, fault: { key: 'situation.pem.private-key' } });
    expect(JSON.stringify(result)).not.toContain(chain.leafKey.split('\n')[1]);
    expect(await run(chain.nextPublic, '')).toEqual({
      ok: false,
      fault: { key: 'tools.fault.only-key' },
    });
  });
});

it('the commands name the host where they connect and where they ask', () => {
  expect(fetchCommands(host)).toEqual({
    chain: `openssl s_client -starttls smtp -connect ${host}:25 -servername ${host} -showcerts </dev/null`,
    tlsa: `dig _25._tcp.${host} TLSA`,
  });
});
